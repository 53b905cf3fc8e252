using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>How long IP addresses and browsers are kept.</summary>
public sealed class RetentionTests
{
    private const string PasskeyName = "Laptop";

    private static readonly TimeSpan s_retention = new AccountRules().DeviceDataRetention;
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_justAfter = TimeSpan.FromTicks(1);

    [Theory]
    [InlineData("event")]
    [InlineData("ended session")]
    [InlineData("link")]
    [InlineData("session")]
    [InlineData("device")]
    public void Device_data_is_removed_a_day_after_the_earliest_has_reached_the_retention(
        string earliest
    ) =>
        Assert.Equal(
            Given.Now + s_retention + s_day,
            With(what => what == earliest ? Given.Now : Given.Now + s_day).RetentionEndsAt(new())
        );

    [Fact]
    public void Entries_without_a_device_are_never_removed()
    {
        Account account = new()
        {
            Activity =
            [
                new(Given.Now, AccountEventKind.Imported),
                new(Given.Now, AccountEventKind.PasskeyAdded, Detail: PasskeyName),
            ],
            Sessions = [new("session", Given.Now)],
            Devices = [Device(browser: null, system: null)],
        };

        Assert.Null(account.RetentionEndsAt(new()));
    }

    [Theory]
    [InlineData("Firefox 140", null)]
    [InlineData(null, "Linux")]
    public void Any_detail_of_a_device_is_device_data(string? browser, string? system)
    {
        Account account = new() { Devices = [Device(browser, system)] };

        Assert.NotNull(account.RetentionEndsAt(new()));
    }

    [Fact]
    public void Device_data_is_kept_for_the_whole_retention()
    {
        Account kept = With(_ => Given.Now).ToStore([], Given.Context(after: s_retention));

        Assert.Equal(Given.Device, Assert.Single(kept.Activity).Device);
        Assert.Single(kept.Ended);
        Assert.Single(kept.Links);
        Assert.Equal(Given.OtherEmail, kept.NewEmail);
        Assert.Equal(Given.Device.Ip, Assert.Single(kept.Sessions).Ip);
        Assert.Equal(Given.Device.Browser, Assert.Single(kept.Devices).Browser);
    }

    [Fact]
    public void Device_data_is_removed_after_the_retention()
    {
        Account forgotten = With(_ => Given.Now)
            .ToStore([], Given.Context(after: s_retention + s_justAfter));

        Assert.Null(Assert.Single(forgotten.Activity).Device);
        Assert.Empty(forgotten.Ended);
        Assert.Empty(forgotten.Links);
        Assert.Null(forgotten.NewEmail);
        Assert.Null(Assert.Single(forgotten.Sessions).Ip);
        Assert.Equal(
            Device(browser: null, system: null),
            Assert.Single(forgotten.Devices) with
            {
                SeenAt = Given.Now,
            }
        );
    }

    [Fact]
    public void Pending_email_is_kept_with_its_own_link_not_with_others()
    {
        MailedLink other = new(MailKind.ResetPassword, "other", Given.Email, Given.Now);
        Account asked = With(_ => Given.Now);
        Account both = asked with { Links = [other, .. asked.Links] };
        Account otherAlone = asked with { Links = [other] };

        Assert.Equal(Given.OtherEmail, both.ToStore([], Given.Context()).NewEmail);
        Assert.Null(otherAlone.ToStore([], Given.Context()).NewEmail);
    }

    [Theory]
    [InlineData(AccountEventKind.RefreshedElsewhere, "192.0.2.1", null)]
    [InlineData(AccountEventKind.EmailChangeRequested, Given.OtherEmail, null)]
    [InlineData(AccountEventKind.EmailChanged, Given.OtherEmail, null)]
    [InlineData(AccountEventKind.PasskeyAdded, PasskeyName, PasskeyName)]
    public void Old_event_loses_its_IP_address_but_keeps_names(
        AccountEventKind kind,
        string detail,
        string? left
    )
    {
        AccountContext later = Given.Context(after: s_retention + s_justAfter);
        AccountEvent here = new(Given.Now, kind, Device: Given.Device, Detail: detail);
        AccountEvent anywhere = here with { Device = null };

        foreach (AccountEvent happened in (AccountEvent[])[here, anywhere])
        {
            Account stored = new Account { Activity = [happened] }.ToStore([], later);

            Assert.Equal(
                happened with
                {
                    Device = null,
                    Detail = left,
                },
                Assert.Single(stored.Activity)
            );
            Assert.Null(stored.RetentionEndsAt(new()));
        }
    }

    [Fact]
    public void Session_that_forgot_its_traces_is_asked_again_by_its_last_use()
    {
        DateTimeOffset before = Given.Now - s_retention;
        DateTimeOffset since = before + s_day;
        Account account = new()
        {
            Sessions =
            [
                Used("has forgotten", before - s_day),
                Used("was used since", before - s_day),
                Used("could not be asked", before - s_day),
                Used("was not asked", since),
            ],
        };

        Account after = account.AfterRemovingDeviceData(
            new Dictionary<string, DateTimeOffset?>
            {
                ["has forgotten"] = null,
                ["was used since"] = since,
            },
            before
        );

        Assert.Equal(
            [
                Used("has forgotten", null),
                Used("was used since", since),
                Used("could not be asked", before),
                Used("was not asked", since),
            ],
            after.Sessions
        );
    }

    /// <summary>An account with one piece of device data of each kind.</summary>
    /// <param name="at">When each was left.</param>
    private static Account With(Func<string, DateTimeOffset> at) =>
        new()
        {
            Email = Given.Email,
            CreatedAt = Given.Now,
            NewEmail = Given.OtherEmail,
            Activity = [new(at("event"), AccountEventKind.SignedIn, Device: Given.Device)],
            Ended =
            [
                new(
                    "ended",
                    Given.Device,
                    Given.Now,
                    Given.Now,
                    Given.Now,
                    at("ended session"),
                    SessionEndReason.SignedOut
                ),
            ],
            Links = [new(MailKind.ConfirmNewEmail, "nonce", Given.OtherEmail, at("link"))],
            Sessions = [Used("session", at("session"))],
            Devices = [Device("Firefox 140", "Linux") with { SeenAt = at("device") }],
        };

    private static ListedSession Used(string id, DateTimeOffset? at) =>
        new(id, Given.Now, Given.Device.Ip, at);

    private static RememberedDevice Device(string? browser, string? system) =>
        new("device", "session", browser, system, Given.Now);
}
