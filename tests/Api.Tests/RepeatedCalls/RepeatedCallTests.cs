using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.RepeatedCalls;

/// <summary>Grain calls that are made twice, as after the death of the silo that should have answered: the second answer equals the first.</summary>
public sealed class RepeatedCallTests(RepeatedCallTests.NodeWithRepeatedCalls repeating)
    : IClassFixture<RepeatedCallTests.NodeWithRepeatedCalls>
{
    private const string NewPassword = "quite another set of words";

    private RunningNode Node => repeating.Node;

    [Fact]
    public async Task Repeated_registration_and_sign_in_start_one_session_each()
    {
        (BrowserClient browser, string email) = await NewUser();
        using BrowserClient other = NewBrowser();
        await other.Login(email).Answered(HttpStatusCode.OK);

        DeviceListing list = await DeviceListing.Of(browser);

        Assert.Equal(
            [await browser.SessionId(), await other.SessionId()],
            list.Sessions.Select(session => session.Id)
        );
    }

    [Fact]
    public async Task Repeated_password_change_is_not_answered_as_a_wrong_password()
    {
        (BrowserClient browser, string email) = await NewUser();
        await browser
            .Post(
                "/password/change",
                new { currentPassword = People.Password, newPassword = NewPassword }
            )
            .Answered(HttpStatusCode.NoContent);

        Assert.True(await browser.IsSignedIn());
        using BrowserClient other = NewBrowser();
        await other.Login(email, NewPassword).Answered(HttpStatusCode.OK);
        await Node.WaitForMail(email, "password was changed");
    }

    [Fact]
    public async Task Link_used_by_a_repeated_call_is_not_refused()
    {
        (BrowserClient browser, string email) = await NewUser(verified: false);
        string verification = await Node.Token(email, Mailbox.Verify);
        await browser
            .Post("/email/verification/confirm", new { token = verification })
            .Answered(HttpStatusCode.OK);
        await browser
            .Post("/email/verification/confirm", new { token = verification })
            .Answered(HttpStatusCode.OK);

        await browser.Post("/password/forgot", new { email }).Answered(HttpStatusCode.Accepted);
        string reset = await Node.Token(email, Mailbox.Reset);
        await browser
            .Post("/password/reset", new { token = reset, password = NewPassword })
            .Answered(HttpStatusCode.NoContent);
        await browser
            .Post("/password/reset", new { token = reset, password = NewPassword })
            .Refused(HttpStatusCode.BadRequest, "link-refused");
    }

    [Fact]
    public async Task Repeated_verification_by_another_browser_starts_the_account_over_once()
    {
        (BrowserClient browser, string email) = await NewUser(verified: false);
        string verification = await Node.Token(email, Mailbox.Verify);
        using BrowserClient owner = NewBrowser();

        JsonElement answer = await owner
            .Post("/email/verification/confirm", new { token = verification, startOver = true })
            .Answered(HttpStatusCode.OK);

        Assert.Equal("reset-password", answer.GetProperty("next").GetString());
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Repeated_email_change_changes_the_email_once()
    {
        (BrowserClient browser, _) = await NewUser();
        string wanted = People.NewEmail();
        await browser
            .Post("/email/change", new { email = wanted })
            .Answered(HttpStatusCode.Accepted);
        string token = await Node.Token(wanted, Mailbox.NewEmail);

        await browser.Post("/email/change/confirm", new { token }).Answered(HttpStatusCode.OK);

        Assert.Equal(wanted, (await browser.Me()).GetProperty("email").GetString());
        await Node.WaitForMail(wanted, "email was changed");
    }

    [Fact]
    public async Task Repeated_calls_show_the_valid_recovery_codes_and_use_one_code_once()
    {
        (BrowserClient browser, string email) = await NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using HttpResponseMessage made = await browser.Post("/factors/recovery-codes");
        IReadOnlyList<string> codes = await Authenticator.Codes(made);
        using BrowserClient other = NewBrowser();
        await other.Login(email).Answered(HttpStatusCode.OK);
        await other
            .Post("/login/second-factor", new { recoveryCode = codes[0] })
            .Answered(HttpStatusCode.OK);
        await other
            .Post("/step-up", new { password = People.Password, code = app.FreshCode() })
            .Answered(HttpStatusCode.NoContent);

        Assert.Equal(9, (await other.Me()).GetProperty("recoveryCodesLeft").GetInt32());
        Assert.Equal(2, (await DeviceListing.Of(other)).Sessions.Count);
        await other.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);
        Assert.True(await other.IsSignedIn());
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Passkey_is_added_and_removed_by_repeated_calls()
    {
        (BrowserClient browser, _) = await NewUser();
        using SoftwareAuthenticator authenticator = new();
        await browser.AddPasskey(authenticator).Answered(HttpStatusCode.Created);
        JsonElement passkey = Assert.Single(await browser.Passkeys());

        await browser
            .Delete($"/passkeys/{passkey.GetProperty("id").GetString()}")
            .Answered(HttpStatusCode.NoContent);

        Assert.Empty(await browser.Passkeys());
    }

    [Fact]
    public async Task Repeated_calls_end_all_sessions_and_delete_the_account()
    {
        (BrowserClient browser, string email) = await NewUser();
        await browser.Delete("/sessions?include=current").Answered(HttpStatusCode.NoContent);
        Assert.False(await browser.IsSignedIn());

        await browser.Login(email).Answered(HttpStatusCode.OK);
        await browser.Delete("/me").Answered(HttpStatusCode.NoContent);

        Assert.False(await browser.IsSignedIn());
        await Node.WaitForMail(email, "account was deleted");
    }

    private BrowserClient NewBrowser() => PasskeyNode.Browser(Node);

    private async Task<(BrowserClient Browser, string Email)> NewUser(bool verified = true)
    {
        BrowserClient browser = NewBrowser();
        string email = People.NewEmail();
        await browser.Register(email).Answered(HttpStatusCode.Created);
        if (verified)
        {
            string token = await Node.Token(email, Mailbox.Verify);
            await browser
                .Post("/email/verification/confirm", new { token })
                .Answered(HttpStatusCode.OK);
        }

        return (browser, email);
    }

    /// <summary>A node that makes every grain call twice.</summary>
    public sealed class NodeWithRepeatedCalls : IAsyncLifetime
    {
        public RunningNode Node { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Node = await RunningNode.Start(
                PasskeyNode.Settings,
                configure: services =>
                    services.AddSingleton<IIncomingGrainCallFilter, RepeatedGrainCalls>()
            );

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }
}
