using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Addresses;

/// <summary>An address is proved by a mailed link, and whoever was there before its owner is gone then.</summary>
public sealed class VerificationTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact]
    public async Task Who_is_signed_in_verifies_and_keeps_everything()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        Assert.False((await browser.Me()).GetProperty("emailVerified").GetBoolean());

        JsonElement answer = await Confirm(browser, await Token(address))
            .Answered(HttpStatusCode.OK);

        Assert.Equal("none", answer.GetProperty("next").GetString());
        Assert.True((await browser.Me()).GetProperty("emailVerified").GetBoolean());
        await browser
            .Post("/email/verification")
            .Refused(HttpStatusCode.Conflict, "already-verified");
    }

    [Fact]
    public async Task Who_knows_the_password_verifies_from_elsewhere_and_nothing_ends()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        using BrowserClient phone = Node.NewBrowser();
        string token = await Token(address);

        await Confirm(phone, token, "not the password")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        JsonElement answer = await Confirm(phone, token, People.Password)
            .Answered(HttpStatusCode.OK);

        Assert.Equal("none", answer.GetProperty("next").GetString());
        Assert.True(await browser.IsSignedIn());
        Assert.False(await phone.IsSignedIn());
    }

    [Fact(DisplayName = "S-41 The first proof by mail removes whatever a squatter has left")]
    public async Task The_first_proof_by_mail_removes_whatever_a_squatter_has_left()
    {
        (BrowserClient squatter, string address) = await Node.NewPerson();
        using BrowserClient owner = Node.NewBrowser();

        JsonElement answer = await StartOver(owner, await Token(address))
            .Answered(HttpStatusCode.OK);

        Assert.Equal("reset-password", answer.GetProperty("next").GetString());
        Assert.False(await squatter.IsSignedIn());
        await squatter.Login(address).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");

        await owner
            .Post("/password/forgot", new { email = address })
            .Answered(HttpStatusCode.Accepted);
        string reset = await Node.Token(address, Mailbox.Reset);
        await owner
            .Post("/password/reset", new { token = reset, password = "the owner's own words" })
            .Answered(HttpStatusCode.NoContent);
        JsonElement signedIn = await owner
            .Login(address, "the owner's own words")
            .Answered(HttpStatusCode.OK);
        Assert.False(signedIn.TryGetProperty("next", out _));
        Assert.False((await owner.Me()).GetProperty("totp").GetBoolean());
        await Node.Brings(address, "was started over");
    }

    [Fact(DisplayName = "S-41 A reset as the first proof removes them too")]
    public async Task A_reset_as_the_first_proof_removes_them_too()
    {
        (BrowserClient squatter, string address) = await Node.NewPerson();
        using BrowserClient owner = Node.NewBrowser();
        await owner.Post("/password/forgot", new { email = address });

        await owner
            .Post(
                "/password/reset",
                new
                {
                    token = await Node.Token(address, Mailbox.Reset),
                    password = "the owner's own words",
                }
            )
            .Answered(HttpStatusCode.NoContent);

        Assert.False(await squatter.IsSignedIn());
        await owner.Login(address, "the owner's own words").Answered(HttpStatusCode.OK);
        JsonElement me = await owner.Me();
        Assert.False(me.GetProperty("totp").GetBoolean());
        Assert.True(me.GetProperty("emailVerified").GetBoolean());
    }

    [Fact(DisplayName = "S-41 Nothing is removed unless that is asked for")]
    public async Task Nothing_is_removed_unless_that_is_asked_for()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        (BrowserClient other, _) = await Node.NewPerson();
        using BrowserClient nobody = Node.NewBrowser();
        string token = await Token(address);

        foreach (BrowserClient without in new[] { nobody, other })
            await Confirm(without, token).Refused(HttpStatusCode.Forbidden, "start-over-needed");

        Assert.True(await browser.IsSignedIn());
        Assert.False((await browser.Me()).GetProperty("emailVerified").GetBoolean());
        // Whoever has the password needs nothing removed, whatever is asked for.
        JsonElement answer = await nobody
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
    public async Task A_link_says_that_the_address_is_verified_when_another_way_has_verified_it()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        string token = await Token(address);
        await browser.Post("/password/forgot", new { email = address });
        await browser
            .Post(
                "/password/reset",
                new
                {
                    token = await Node.Token(address, Mailbox.Reset),
                    password = "quite another set of words",
                }
            )
            .Answered(HttpStatusCode.NoContent);
        await browser.Login(address, "quite another set of words").Answered(HttpStatusCode.OK);
        using BrowserClient nobody = Node.NewBrowser();

        foreach (BrowserClient opened in new[] { browser, nobody })
        {
            JsonElement answer = await Confirm(opened, token).Answered(HttpStatusCode.OK);
            Assert.Equal("none", answer.GetProperty("next").GetString());
        }

        // It changes nothing, whatever is asked for, and says nothing of passwords.
        await StartOver(nobody, token).Answered(HttpStatusCode.OK);
        await Confirm(nobody, token, "not the password").Answered(HttpStatusCode.OK);
        Assert.True(await browser.IsSignedIn());
        Assert.DoesNotContain(
            await Node.Mails(address),
            mail => mail.Subject.Contains("started over", StringComparison.Ordinal)
        );
    }

    [Fact(DisplayName = "S-32 A second factor is added to a verified address alone")]
    public async Task A_second_factor_is_added_to_a_verified_address_alone()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();

        await browser
            .Post("/factors/totp")
            .Refused(HttpStatusCode.Forbidden, "address-not-verified");

        await Confirm(browser, await Token(address)).Answered(HttpStatusCode.OK);
        await browser.Post("/factors/totp").Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Where_two_factors_are_needed_the_address_is_verified_first()
    {
        await using RunningNode strict = await RunningNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "all" }
        );
        (BrowserClient browser, string address) = await strict.NewPerson();
        Assert.Equal("second-factor-setup", (await browser.Me()).GetProperty("next").GetString());

        await browser
            .Post("/factors/totp")
            .Refused(HttpStatusCode.Forbidden, "address-not-verified");
        await browser.Post("/email/verification").Answered(HttpStatusCode.Accepted);
        await Confirm(browser, await strict.Token(address, Mailbox.Verify))
            .Answered(HttpStatusCode.OK);
        await Authenticator.TurnOn(strict, browser);

        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-27 The sixth mail of a kind within an hour is not sent, and the answer is the same"
    )]
    public async Task The_sixth_mail_within_an_hour_is_not_sent()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        for (int i = 0; i < 7; i++)
            await browser.Post("/email/verification").Answered(HttpStatusCode.Accepted);

        // The registration's own, and five.
        Assert.Equal(6, (await Node.Tokens(address, Mailbox.Verify, atLeast: 6)).Count);
        Node.Clock.Advance(TimeSpan.FromMinutes(61));
        await browser.Post("/email/verification").Answered(HttpStatusCode.Accepted);
        Assert.Equal(7, (await Node.Tokens(address, Mailbox.Verify, atLeast: 7)).Count);
    }

    [Fact]
    public async Task Where_the_address_has_to_be_verified_nobody_is_in_before()
    {
        await using RunningNode strict = await RunningNode.Start(
            new Dictionary<string, string> { ["UNVERIFIED_SIGN_IN"] = "off" }
        );
        using BrowserClient browser = strict.NewBrowser();
        string address = People.NewAddress();

        JsonElement registered = await browser.Register(address).Answered(HttpStatusCode.Accepted);
        Assert.Equal("verify-address", registered.GetProperty("next").GetString());
        Assert.Empty(browser.Cookies);
        await browser.Login(address).Refused(HttpStatusCode.Forbidden, "address-not-verified");
        await browser
            .Login(address, "not the password")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");

        IReadOnlyList<string> tokens = await strict.Tokens(address, Mailbox.Verify, atLeast: 2);
        await Confirm(browser, tokens[0], People.Password).Answered(HttpStatusCode.OK);
        await browser.Login(address).Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Where_registration_is_private_nobody_learns_which_addresses_have_an_account()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["REGISTRATION"] = "private" }
        );
        using BrowserClient owner = node.NewBrowser();
        string address = People.NewAddress();
        await owner.Register(address).Answered(HttpStatusCode.Accepted);
        await Confirm(owner, await node.Token(address, Mailbox.Verify), People.Password)
            .Answered(HttpStatusCode.OK);
        using BrowserClient prober = node.NewBrowser();
        string unknown = People.NewAddress();

        JsonElement taken = await prober
            .Register(address, "a prober's own words")
            .Answered(HttpStatusCode.Accepted);
        JsonElement free = await prober
            .Register(unknown, "a prober's own words")
            .Answered(HttpStatusCode.Accepted);

        Assert.Equal(free.GetRawText(), taken.GetRawText());
        await prober
            .Login(address, "a prober's own words")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await prober
            .Login(unknown, "a prober's own words")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            async () => (await node.Mails(address)).Count == 2
        );
        await owner.Login(address).Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Where_registration_is_closed_nobody_registers()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["REGISTRATION"] = "closed" }
        );
        using BrowserClient browser = node.NewBrowser();

        await browser
            .Register(People.NewAddress())
            .Refused(HttpStatusCode.Forbidden, "registration-closed");
    }

    private Task<string> Token(string address) => Node.Token(address, Mailbox.Verify);

    private static Task<HttpResponseMessage> StartOver(BrowserClient browser, string token) =>
        browser.Post("/email/verification/confirm", new { token, startOver = true });

    private static Task<HttpResponseMessage> Confirm(
        BrowserClient browser,
        string token,
        string? password = null
    ) => browser.Post("/email/verification/confirm", new { token, password });
}
