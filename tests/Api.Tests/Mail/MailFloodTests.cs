using System.Globalization;
using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>Repeated requests neither flood a mailbox nor suppress mails that its owner needs.</summary>
public sealed class MailFloodTests(OwnNode own) : IClassFixture<OwnNode>
{
    private const string Resets = "Reset your password";

    private RunningNode Node => own.Node;

    [Fact(
        DisplayName = "S-37 Recovery codes that are renewed several times within minutes are mailed once"
    )]
    public async Task Repeated_renewals_of_recovery_codes_are_one_mail()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        await Authenticator.TurnOn(Node, browser);
        for (int i = 0; i < 5; i++)
            await browser.Post("/factors/recovery-codes").Answered(HttpStatusCode.OK);

        Node.Clock.Advance(TimeSpan.FromMinutes(3));
        await Node.WaitForMail(email, "New recovery codes created");

        Assert.Contains(
            await Node.Mails(email),
            mail => mail.Text.Contains("When: 5 times, the last on", StringComparison.Ordinal)
        );
    }

    [Fact(
        DisplayName = "S-37 Many changes within minutes are few mails, and each change is in one of them"
    )]
    public async Task Many_changes_within_minutes_are_few_mails_that_list_each_change()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        await browser.VerifyEmail();
        string password = People.Password;
        for (int i = 0; i < 6; i++)
        {
            string next = $"another set of words {i.ToString(CultureInfo.InvariantCulture)}";
            await browser
                .Post("/password/change", new { currentPassword = password, newPassword = next })
                .Answered(HttpStatusCode.NoContent);
            password = next;
        }

        await Node.WaitForMail(email, "password was changed", 2);
        Node.Clock.Advance(TimeSpan.FromMinutes(16));
        await Node.WaitForMail(email, "password was changed", 3);

        Assert.Contains(
            await Node.Mails(email),
            mail => mail.Text.Contains("When: 4 times, the last on", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Alternate_registrations_and_deletions_send_six_mails_an_hour()
    {
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        for (int i = 0; i < 9; i++)
        {
            await browser.Register(email).Answered(HttpStatusCode.Created);
            await browser.Delete("/me").Answered(HttpStatusCode.NoContent);
        }

        await Node.WaitForMail(email, "Verify your", 6);
        Assert.Equal(6, (await Node.Mails(email)).Count);

        // The owner can still reset the password, which verifies the email too.
        await browser.Register(email).Answered(HttpStatusCode.Created);
        await browser.Post("/password/forgot", new { email });
        await Node.WaitForMail(email, Resets);
    }

    [Fact]
    public async Task Several_accounts_changing_to_one_email_send_three_mails_an_hour()
    {
        string wanted = People.NewEmail();
        for (int i = 0; i < 6; i++)
        {
            (BrowserClient browser, _) = await Node.NewUser();
            await browser
                .Post("/email/change", new { email = wanted })
                .Answered(HttpStatusCode.Accepted);
        }

        await Node.WaitForMail(wanted, "Confirm your new", 3);
        // Its owner can still register.
        using BrowserClient owner = Node.NewBrowser();
        await owner.Register(wanted).Answered(HttpStatusCode.Created);
        await Node.WaitForMail(wanted, "Verify your");
        Assert.Equal(4, (await Node.Mails(wanted)).Count);
    }

    [Fact]
    public async Task Unverified_email_gets_only_verification_and_reset_mails()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        await browser
            .Post(
                "/password/change",
                new { currentPassword = People.Password, newPassword = "another set of words" }
            )
            .Answered(HttpStatusCode.NoContent);
        string next = People.NewEmail();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        await browser
            .Post("/email/change/confirm", new { token = await Node.Token(next, Mailbox.NewEmail) })
            .Answered(HttpStatusCode.OK);
        // The new email is verified, so it is notified.
        await Node.WaitForMail(next, "email was changed");

        (BrowserClient other, string another) = await Node.NewUser();
        await other.Delete("/me").Answered(HttpStatusCode.NoContent);
        await Node.WaitForMail(another, "Verify your");

        Assert.Single(await Node.Mails(email));
        Assert.Single(await Node.Mails(another));
    }

    [Theory(
        DisplayName = "S-27 Repeated reset requests send at most five mails an hour, and the owner has a valid link at any time"
    )]
    // The minutes of the requests; + marks those that send a mail.
    [InlineData("0+ 0 0 0 0", 29)]
    [InlineData("0+ 2+ 3 4 5", 16)]
    [InlineData("0+ 10+ 24", 24)]
    [InlineData("0+ 14+ 28", 28)]
    [InlineData("0+ 2+ 18+ 34+ 50+ 52 55 59", 59)]
    public async Task Repeated_reset_requests_send_few_mails_and_leave_a_valid_link(
        string minutes,
        int now
    )
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        DateTimeOffset began = Node.Clock.GetUtcNow();
        int mails = 0;
        foreach (string minute in minutes.Split(' '))
        {
            MoveTo(began, int.Parse(minute.TrimEnd('+'), CultureInfo.InvariantCulture));
            await browser.Post("/password/forgot", new { email }).Answered(HttpStatusCode.Accepted);
            if (minute.EndsWith('+'))
                await Node.Tokens(email, Mailbox.Reset, ++mails);
        }

        MoveTo(began, now);
        string token = (await Node.Tokens(email, Mailbox.Reset, mails))[0];
        await Node.WaitForMail(email, Resets, mails);
        await browser
            .Post("/password/reset", new { token, password = "the owner's own words" })
            .Answered(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Reset_link_is_mailed_again_unchanged()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        await browser.Post("/password/forgot", new { email });
        string first = await Node.Token(email, Mailbox.Reset);
        Node.Clock.Advance(TimeSpan.FromMinutes(2));

        await browser.Post("/password/forgot", new { email });

        IReadOnlyList<string> tokens = await Node.Tokens(email, Mailbox.Reset, atLeast: 2);
        Assert.Equal([first, first], tokens);
        string[] texts =
        [
            .. (await Node.Mails(email))
                .Where(mail => mail.Subject == Resets)
                .Select(mail => mail.Text[mail.Text.IndexOf("until", StringComparison.Ordinal)..])
                .Select(text => text[..text.IndexOf('\r', StringComparison.Ordinal)]),
        ];
        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public async Task Repeated_reset_requests_do_not_displace_other_activity()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        for (int i = 0; i < 60; i++)
        {
            await browser.Post("/password/forgot", new { email });
            await Node.Tokens(email, Mailbox.Reset);
            Node.Clock.Advance(TimeSpan.FromMinutes(16));
        }

        await browser.Login(email).Answered(HttpStatusCode.OK);
        JsonElement activity = await browser.Get("/me/activity").Answered(HttpStatusCode.OK);
        string[] kinds =
        [
            .. activity
                .GetProperty("events")
                .EnumerateArray()
                .Select(entry => entry.GetProperty("kind").GetString()!),
        ];
        Assert.Contains("registered", kinds);
        Assert.Single(kinds, kind => kind == "password-reset-requested");
    }

    [Fact]
    public async Task Network_that_requests_many_mails_is_throttled_at_each_call_that_sends_mail()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_FAILURES_PER_NETWORK"] = "5" }
        );
        using BrowserClient browser = node.NewBrowser();
        for (int i = 0; i < 3; i++)
            await browser.Register(People.NewEmail()).Answered(HttpStatusCode.Created);
        await browser.Post("/email/verification").Answered(HttpStatusCode.Accepted);
        await browser
            .Post("/email/change", new { email = People.NewEmail() })
            .Answered(HttpStatusCode.Accepted);

        foreach (
            (string path, object body) in new (string, object)[]
            {
                ("/register", new { email = People.NewEmail(), password = People.Password }),
                ("/email/verification", new { }),
                ("/email/change", new { email = People.NewEmail() }),
                ("/password/forgot", new { email = People.NewEmail() }),
            }
        )
        {
            using HttpResponseMessage answer = await browser.Post(path, body);
            await Problem.Is(answer, HttpStatusCode.TooManyRequests, "too-many-tries");
            Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        }
    }

    private void MoveTo(DateTimeOffset began, int minute)
    {
        TimeSpan ahead = began + TimeSpan.FromMinutes(minute) - Node.Clock.GetUtcNow();
        if (ahead > TimeSpan.Zero)
            Node.Clock.Advance(ahead);
    }
}
