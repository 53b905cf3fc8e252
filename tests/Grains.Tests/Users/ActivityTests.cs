using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>Repeated events must not displace others from an account's activity.</summary>
public sealed class ActivityTests
{
    private static readonly DateTimeOffset s_start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<AccountEventKind> Kinds => [.. Enum.GetValues<AccountEventKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Repeated_event_displaces_no_rare_event(AccountEventKind repeated)
    {
        IReadOnlyList<AccountEvent> events = [];
        AccountEventKind[] rare = [.. Enum.GetValues<AccountEventKind>().Where(k => k != repeated)];
        foreach (AccountEventKind kind in rare)
            events = events.With(new(s_start, kind));

        for (int i = 0; i < 500; i++)
            events = events.With(
                new(
                    s_start,
                    repeated,
                    Device: new ClientDevice("Firefox 140", "Linux", $"192.0.2.{i % 250}")
                )
            );

        Assert.True(events.Count <= 50);
        Assert.All(rare, kind => Assert.Contains(events, known => known.Kind == kind));
    }

    [Fact]
    public void Events_that_strangers_can_cause_take_at_most_twenty_places()
    {
        AccountEventKind[] repeatable =
        [
            AccountEventKind.SignInFailed,
            AccountEventKind.PasswordResetRequested,
            AccountEventKind.CodeFailed,
        ];
        IReadOnlyList<AccountEvent> events = [];
        for (int i = 0; i < 30; i++)
            events = events.With(new(s_start, AccountEventKind.SignedIn));
        for (int i = 0; i < 300; i++)
            events = events.With(new(s_start, repeatable[i % 3]));

        Assert.Equal(30, events.Count(known => known.Kind == AccountEventKind.SignedIn));
        Assert.Equal(20, events.Count(known => repeatable.Contains(known.Kind)));
    }

    [Fact]
    public void Consecutive_reset_requests_are_one_event_with_a_count()
    {
        IReadOnlyList<AccountEvent> events = [];
        for (int i = 0; i < 7; i++)
            events = events.With(
                new(s_start + TimeSpan.FromMinutes(i), AccountEventKind.PasswordResetRequested)
            );

        AccountEvent only = Assert.Single(events);
        Assert.Equal((7, s_start + TimeSpan.FromMinutes(6)), (only.Count, only.At));
    }
}
