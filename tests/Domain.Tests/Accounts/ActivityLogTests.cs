using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>The activity of an account, as shown to its owner.</summary>
public sealed class ActivityLogTests
{
    [Fact]
    public void Consecutive_events_from_one_IP_address_are_one_event_with_a_count()
    {
        IReadOnlyList<AccountEvent> log = Log(AccountEventKind.PasswordChanged, 1)
            .With(Event(AccountEventKind.SignInFailed, ip: 1))
            .With(Event(AccountEventKind.SignInFailed, ip: 1))
            .With(Event(AccountEventKind.SignInFailed, ip: 2));

        Assert.Equal([1, 2, 1], log.Select(happened => happened.Count));
        Assert.Equal(AccountEventKind.PasswordChanged, log[^1].Kind);
    }

    [Fact]
    public void Events_that_strangers_can_cause_take_at_most_twenty_places()
    {
        IReadOnlyList<AccountEvent> log = Log(AccountEventKind.PasswordChanged, 5);
        for (int i = 0; i < 15; i++)
            log = log.With(Event(AccountEventKind.RefreshedElsewhere, i));
        for (int i = 0; i < 15; i++)
            log = log.With(Event(AccountEventKind.SignInFailed, i));

        Assert.Equal(25, log.Count);
        Assert.Equal(5, log.Count(known => known.Kind == AccountEventKind.PasswordChanged));
        Assert.Equal(10, log.Count(known => known.Kind == AccountEventKind.SignInFailed));
    }

    [Fact]
    public void Full_list_drops_the_oldest_event_of_the_most_frequent_kind()
    {
        IReadOnlyList<AccountEvent> log = Log(AccountEventKind.PasswordChanged, 3);
        for (int i = 0; i < 60; i++)
            log = log.With(Event(AccountEventKind.SecondFactorAdded, i));

        Assert.Equal(50, log.Count);
        Assert.Equal(3, log.Count(known => known.Kind == AccountEventKind.PasswordChanged));
        Assert.Equal("192.0.2.59", log[0].Device!.Ip);
        Assert.Equal("192.0.2.13", log[46].Device!.Ip);
    }

    [Fact]
    public void Events_of_one_second_factor_displace_none_of_another()
    {
        IReadOnlyList<AccountEvent> log = Log(AccountEventKind.SecondFactorAdded, 3);
        for (int i = 0; i < 60; i++)
            log = log.With(
                Event(AccountEventKind.SecondFactorAdded, i) with
                {
                    Method = AuthenticationMethod.Totp,
                }
            );

        Assert.Equal(3, log.Count(known => known.Method is null));
    }

    private static IReadOnlyList<AccountEvent> Log(AccountEventKind kind, int times)
    {
        IReadOnlyList<AccountEvent> log = [];
        for (int i = 0; i < times; i++)
            log = log.With(Event(kind, i));
        return log;
    }

    private static AccountEvent Event(AccountEventKind kind, int ip) =>
        new(Given.Now, kind, 1, new("a browser", "a system", $"192.0.2.{ip}"));
}
