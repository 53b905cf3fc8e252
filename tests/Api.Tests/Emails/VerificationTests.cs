using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Emails;

/// <summary>An email is verified by a mailed link, which removes what an attacker may have set up before its owner came.</summary>
public sealed class VerificationTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact]
    public async Task Verification_by_the_signed_in_user_keeps_everything()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        Assert.False((await browser.Me()).GetProperty("emailVerified").GetBoolean());

        JsonElement answer = await Confirm(browser, await Token(email)).Answered(HttpStatusCode.OK);

        Assert.Equal("none", answer.GetProperty("next").GetString());
        Assert.True((await browser.Me()).GetProperty("emailVerified").GetBoolean());
        await browser
            .Post("/email/verification")
            .Refused(HttpStatusCode.Conflict, "already-verified");
    }

    [Fact]
    public async Task Verification_with_the_password_from_another_device_ends_no_session()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        using BrowserClient phone = Node.NewBrowser();
        string token = await Token(email);

        await Confirm(phone, token, "not the password")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        JsonElement answer = await Confirm(phone, token, People.Password)
            .Answered(HttpStatusCode.OK);

        Assert.Equal("none", answer.GetProperty("next").GetString());
        Assert.True(await browser.IsSignedIn());
        Assert.False(await phone.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-41 The first verification by mail removes everything that an attacker set up"
    )]
    public async Task First_verification_by_mail_removes_everything_of_an_attacker()
    {
        (BrowserClient attacker, string email) = await Node.NewUser();
        using BrowserClient owner = Node.NewBrowser();

        JsonElement answer = await StartOver(owner, await Token(email)).Answered(HttpStatusCode.OK);

        Assert.Equal("reset-password", answer.GetProperty("next").GetString());
        Assert.False(await attacker.IsSignedIn());
        await attacker.Login(email).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");

        await owner.Post("/password/forgot", new { email }).Answered(HttpStatusCode.Accepted);
        string reset = await Node.Token(email, Mailbox.Reset);
        await owner
            .Post("/password/reset", new { token = reset, password = "the owner's own words" })
            .Answered(HttpStatusCode.NoContent);
        JsonElement signedIn = await owner
            .Login(email, "the owner's own words")
            .Answered(HttpStatusCode.OK);
        Assert.False(signedIn.TryGetProperty("next", out _));
        Assert.False((await owner.Me()).GetProperty("totp").GetBoolean());
        await Node.WaitForMail(email, "was taken over");
    }

    [Fact(DisplayName = "S-41 A reset that verifies the email removes it too")]
    public async Task Reset_that_verifies_the_email_removes_everything_of_an_attacker()
    {
        (BrowserClient attacker, string email) = await Node.NewUser();
        using BrowserClient owner = Node.NewBrowser();
        await owner.Post("/password/forgot", new { email });

        await owner
            .Post(
                "/password/reset",
                new
                {
                    token = await Node.Token(email, Mailbox.Reset),
                    password = "the owner's own words",
                }
            )
            .Answered(HttpStatusCode.NoContent);

        Assert.False(await attacker.IsSignedIn());
        await owner.Login(email, "the owner's own words").Answered(HttpStatusCode.OK);
        JsonElement me = await owner.Me();
        Assert.False(me.GetProperty("totp").GetBoolean());
        Assert.True(me.GetProperty("emailVerified").GetBoolean());
    }

    [Fact(DisplayName = "S-41 Nothing is removed unless the user asks to start over")]
    public async Task Nothing_is_removed_unless_the_user_asks_to_start_over()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        (BrowserClient other, _) = await Node.NewUser();
        using BrowserClient signedOut = Node.NewBrowser();
        string token = await Token(email);

        foreach (BrowserClient without in new[] { signedOut, other })
            await Confirm(without, token).Refused(HttpStatusCode.Forbidden, "start-over-needed");

        Assert.True(await browser.IsSignedIn());
        Assert.False((await browser.Me()).GetProperty("emailVerified").GetBoolean());
        // With the right password nothing has to be removed, even if the user asks to start over.
        JsonElement answer = await signedOut
            .Post(
                "/email/verification/confirm",
                new
                {
                    token,
                    password = People.Password,
                    startOver = true,
                }
            )
            .Answered(HttpStatusCode.OK);
        Assert.Equal("none", answer.GetProperty("next").GetString());
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Verification_link_is_answered_as_used_when_a_reset_has_verified_the_email()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        string token = await Token(email);
        await browser.Post("/password/forgot", new { email });
        await browser
            .Post(
                "/password/reset",
                new
                {
                    token = await Node.Token(email, Mailbox.Reset),
                    password = "quite another set of words",
                }
            )
            .Answered(HttpStatusCode.NoContent);
        await browser.Login(email, "quite another set of words").Answered(HttpStatusCode.OK);
        using BrowserClient signedOut = Node.NewBrowser();

        foreach (BrowserClient opened in new[] { browser, signedOut })
        {
            JsonElement answer = await Confirm(opened, token).Answered(HttpStatusCode.OK);
            Assert.Equal("none", answer.GetProperty("next").GetString());
        }

        // The link has no effect any more, and no password is checked.
        await StartOver(signedOut, token).Answered(HttpStatusCode.OK);
        await Confirm(signedOut, token, "not the password").Answered(HttpStatusCode.OK);
        Assert.True(await browser.IsSignedIn());
        Assert.DoesNotContain(
            await Node.Mails(email),
            mail => mail.Subject.Contains("taken over", StringComparison.Ordinal)
        );
    }

    [Fact(DisplayName = "S-32 A second factor can be added only after the email is verified")]
    public async Task Second_factor_can_be_added_only_after_the_email_is_verified()
    {
        (BrowserClient browser, string email) = await Node.NewUser();

        await browser.Post("/factors/totp").Refused(HttpStatusCode.Forbidden, "email-not-verified");

        await Confirm(browser, await Token(email)).Answered(HttpStatusCode.OK);
        await browser.Post("/factors/totp").Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Email_is_verified_before_the_second_factor_where_TWO_FACTOR_is_all()
    {
        await using RunningNode strict = await RunningNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "all" }
        );
        (BrowserClient browser, string email) = await strict.NewUser();
        Assert.Equal("second-factor-setup", (await browser.Me()).GetProperty("next").GetString());

        await browser.Post("/factors/totp").Refused(HttpStatusCode.Forbidden, "email-not-verified");
        await browser.Post("/email/verification").Answered(HttpStatusCode.Accepted);
        await Confirm(browser, await strict.Token(email, Mailbox.Verify))
            .Answered(HttpStatusCode.OK);
        await Authenticator.TurnOn(strict, browser);

        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-27 The sixth mail of one kind within an hour is not sent, and the answer does not reveal it"
    )]
    public async Task Sixth_mail_of_one_kind_within_an_hour_is_not_sent()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        for (int i = 0; i < 7; i++)
            await browser.Post("/email/verification").Answered(HttpStatusCode.Accepted);

        // The mail of the registration, and five more.
        Assert.Equal(6, (await Node.Tokens(email, Mailbox.Verify, atLeast: 6)).Count);
        Node.Clock.Advance(TimeSpan.FromMinutes(61));
        await browser.Post("/email/verification").Answered(HttpStatusCode.Accepted);
        Assert.Equal(7, (await Node.Tokens(email, Mailbox.Verify, atLeast: 7)).Count);
    }

    [Fact]
    public async Task Sign_in_before_verification_is_refused_where_UNVERIFIED_SIGN_IN_is_off()
    {
        await using RunningNode strict = await RunningNode.Start(
            new Dictionary<string, string> { ["UNVERIFIED_SIGN_IN"] = "off" }
        );
        using BrowserClient browser = strict.NewBrowser();
        string email = People.NewEmail();

        JsonElement registered = await browser.Register(email).Answered(HttpStatusCode.Accepted);
        Assert.Equal("verify-email", registered.GetProperty("next").GetString());
        Assert.Empty(browser.Cookies);
        await browser.Login(email).Refused(HttpStatusCode.Forbidden, "email-not-verified");
        await browser
            .Login(email, "not the password")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");

        IReadOnlyList<string> tokens = await strict.Tokens(email, Mailbox.Verify, atLeast: 2);
        await Confirm(browser, tokens[0], People.Password).Answered(HttpStatusCode.OK);
        await browser.Login(email).Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Private_registration_does_not_reveal_which_emails_have_an_account()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["REGISTRATION"] = "private" }
        );
        using BrowserClient owner = node.NewBrowser();
        string email = People.NewEmail();
        await owner.Register(email).Answered(HttpStatusCode.Accepted);
        await Confirm(owner, await node.Token(email, Mailbox.Verify), People.Password)
            .Answered(HttpStatusCode.OK);
        using BrowserClient attacker = node.NewBrowser();
        string unknown = People.NewEmail();

        JsonElement taken = await attacker
            .Register(email, "a password of the attacker")
            .Answered(HttpStatusCode.Accepted);
        JsonElement free = await attacker
            .Register(unknown, "a password of the attacker")
            .Answered(HttpStatusCode.Accepted);

        Assert.Equal(free.GetRawText(), taken.GetRawText());
        await attacker
            .Login(email, "a password of the attacker")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await attacker
            .Login(unknown, "a password of the attacker")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            async () => (await node.Mails(email)).Count == 2
        );
        await owner.Login(email).Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Registration_is_refused_where_it_is_closed()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["REGISTRATION"] = "closed" }
        );
        using BrowserClient browser = node.NewBrowser();

        await browser
            .Register(People.NewEmail())
            .Refused(HttpStatusCode.Forbidden, "registration-closed");
    }

    private Task<string> Token(string email) => Node.Token(email, Mailbox.Verify);

    private static Task<HttpResponseMessage> StartOver(BrowserClient browser, string token) =>
        browser.Post("/email/verification/confirm", new { token, startOver = true });

    private static Task<HttpResponseMessage> Confirm(
        BrowserClient browser,
        string token,
        string? password = null
    ) => browser.Post("/email/verification/confirm", new { token, password });
}
