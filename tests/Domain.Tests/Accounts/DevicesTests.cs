using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>The known devices of an account and the cookies that mark them.</summary>
public sealed class DevicesTests
{
    [Fact]
    public void Mark_belongs_to_a_device_while_the_account_has_it()
    {
        Account account = Given.WithSessions(3);
        DeviceMark mark = account.MarkOf(Session(account, 1))!;

        Assert.Equal(new KnownDevice(mark, Of: 3), account.Device(mark));
        Assert.Null(account.Device(mark with { Id = "another" }));
        Assert.Null(account.Device(mark with { Epoch = mark.Epoch - 1 }));
        Assert.Null((account with { Email = null }).Device(mark));
    }

    [Fact]
    public void Session_without_a_known_device_has_no_mark() =>
        Assert.Null(Given.Registered().MarkOf(SessionId.Parse("AAAAAAAAAAAAAAAAAAAAAA")));

    [Fact]
    public void Unknown_mark_makes_a_new_device()
    {
        Account account = Given.Registered();
        DeviceMark known = account.MarkOf(Session(account, 0))!;

        foreach (
            DeviceMark presented in (DeviceMark[])
                [known with { Id = "another" }, known with { Epoch = known.Epoch - 1 }]
        )
        {
            Account next = account.SignIn(Given.SignIn(mark: presented), Given.Context()).Next!;

            Assert.Equal(2, next.Devices.Select(device => device.Id).Distinct().Count());
            Assert.DoesNotContain(next.Devices, device => device.Id == "another");
        }
    }

    [Fact]
    public void Known_device_belongs_to_the_session_that_was_last_started_on_it()
    {
        Account account = Given.WithSessions(2);
        DeviceMark mark = account.MarkOf(Session(account, 0))!;

        Account next = account
            .SignIn(Given.SignIn(mark: mark), Given.Context(after: TimeSpan.FromHours(1)))
            .Next!;

        Assert.Equal(mark, next.MarkOf(Session(next, 2)));
        Assert.Null(next.MarkOf(Session(next, 0)));
        RememberedDevice last = next.Devices[^1];
        Assert.Equal(mark.Id, last.Id);
        Assert.Equal(Given.Now + TimeSpan.FromHours(1), last.SeenAt);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 1)]
    public void Device_that_was_unused_for_the_lifetime_of_its_mark_is_forgotten(
        long ticksAfter,
        int left
    )
    {
        AccountContext later = Given.Context(
            after: DeviceMark.Lifetime + TimeSpan.FromTicks(ticksAfter)
        );

        Assert.Equal(left, Given.Registered().SignIn(Given.SignIn(), later).Next!.Devices.Count);
    }

    [Fact]
    public void Device_that_was_unused_for_longest_makes_room()
    {
        Account account = Given.WithSessions(20);
        string[] before = [.. account.Devices.Select(device => device.Id)];

        Account next = account.SignIn(Given.SignIn(), Given.Context()).Next!;

        Assert.Equal(before[1..], next.Devices.Take(19).Select(device => device.Id));
    }

    [Fact]
    public void Session_that_ends_with_the_browser_makes_no_known_device()
    {
        Account account = Given.Registered();

        Account next = account
            .SignIn(Given.SignIn() with { Persistent = false }, Given.Context())
            .Next!;

        Assert.Equal(account.Devices, next.Devices);
    }

    [Fact]
    public void Devices_without_a_live_session_are_found()
    {
        Account account = Given.WithSessions(3);

        IReadOnlyList<RememberedDevice> without = account.DevicesWithout([
            Session(account, 0),
            Session(account, 2),
        ]);

        Assert.Equal([account.Devices[1]], without);
    }

    [Fact]
    public void New_credentials_keep_only_the_calling_device_and_void_every_mark()
    {
        Account account = Given.WithSessions(3);
        DeviceMark mark = account.MarkOf(Session(account, 0))!;

        Account next = account
            .ChangePassword(Given.CallerOf(account), Given.NewHash, Given.Context())
            .Next!;

        Assert.Equal([account.Devices[0]], next.Devices);
        Assert.Null(next.Device(mark));
        Assert.NotNull(next.Device(next.MarkOf(Session(account, 0))!));
    }

    [Fact]
    public void Ending_a_session_forgets_no_other_device()
    {
        Account account = Given.WithSessions(3);

        AccountDecision<EndSessionResult> known = account.EndSession(
            Given.CallerOf(account),
            Session(account, 1),
            Given.Context()
        );
        AccountDecision<EndSessionResult> unknown = known.Next!.EndSession(
            Given.CallerOf(account),
            Session(account, 1),
            Given.Context()
        );

        Assert.Equal([account.Devices[0], account.Devices[2]], known.Next!.Devices);
        Assert.Null(unknown.Next);
        Assert.NotNull(unknown.Revokes);
    }

    private static SessionId Session(Account account, int at) =>
        SessionId.Parse(account.Sessions[at].Id);
}
