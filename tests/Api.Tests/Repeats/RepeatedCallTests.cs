using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Repeats;

/// <summary>A call that is repeated, because the silo died that was to answer it, is answered as the first one was.</summary>
public sealed class RepeatedCallTests(RepeatedCallTests.Twice twice)
    : IClassFixture<RepeatedCallTests.Twice>
{
    private const string New = "quite another set of words";

    private RunningNode Node => twice.Node;

    [Fact]
    public async Task Registering_and_signing_in_start_one_session_each()
    {
        (BrowserClient browser, string address) = await NewPerson();
        using BrowserClient other = NewBrowser();
        await other.Login(address).Answered(HttpStatusCode.OK);

        DeviceListing list = await DeviceListing.Of(browser);

        Assert.Equal(
            [await browser.SessionId(), await other.SessionId()],
            list.Sessions.Select(session => session.Id)
        );
    }

    [Fact]
    public async Task A_changed_password_is_not_answered_as_a_wrong_one()
    {
        (BrowserClient browser, string address) = await NewPerson();
        await browser
            .Post("/password/change", new { currentPassword = People.Password, newPassword = New })
            .Answered(HttpStatusCode.NoContent);

        Assert.True(await browser.IsSignedIn());
        using BrowserClient other = NewBrowser();
        await other.Login(address, New).Answered(HttpStatusCode.OK);
        await Node.Brings(address, "password was changed");
    }

    [Fact]
    public async Task A_link_that_was_used_by_the_same_call_is_not_refused()
    {
        (BrowserClient browser, string address) = await NewPerson(verified: false);
        string verification = await Node.Token(address, Mailbox.Verify);
        await browser
            .Post("/email/verification/confirm", new { token = verification })
            .Answered(HttpStatusCode.OK);
        await browser
            .Post("/email/verification/confirm", new { token = verification })
            .Answered(HttpStatusCode.OK);

        await browser
            .Post("/password/forgot", new { email = address })
            .Answered(HttpStatusCode.Accepted);
        string reset = await Node.Token(address, Mailbox.Reset);
        await browser
            .Post("/password/reset", new { token = reset, password = New })
            .Answered(HttpStatusCode.NoContent);
        await browser
            .Post("/password/reset", new { token = reset, password = New })
            .Refused(HttpStatusCode.BadRequest, "link-refused");
    }

    [Fact]
    public async Task Whoever_is_no_owner_starts_over_once()
    {
        (BrowserClient browser, string address) = await NewPerson(verified: false);
        string verification = await Node.Token(address, Mailbox.Verify);
        using BrowserClient owner = NewBrowser();

        JsonElement answer = await owner
            .Post("/email/verification/confirm", new { token = verification, startOver = true })
            .Answered(HttpStatusCode.OK);

        Assert.Equal("reset-password", answer.GetProperty("next").GetString());
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task An_address_is_changed_once()
    {
        (BrowserClient browser, _) = await NewPerson();
        string wanted = People.NewAddress();
        await browser
            .Post("/email/change", new { email = wanted })
            .Answered(HttpStatusCode.Accepted);
        string token = await Node.Token(wanted, Mailbox.NewAddress);

        await browser.Post("/email/change/confirm", new { token }).Answered(HttpStatusCode.OK);

        Assert.Equal(wanted, (await browser.Me()).GetProperty("email").GetString());
        await Node.Brings(wanted, "address was changed");
    }

    [Fact]
    public async Task The_codes_that_are_shown_are_those_that_are_good_and_a_code_is_not_spent_twice()
    {
        (BrowserClient browser, string address) = await NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using HttpResponseMessage made = await browser.Post("/factors/recovery-codes");
        IReadOnlyList<string> codes = await Authenticator.Codes(made);
        using BrowserClient other = NewBrowser();
        await other.Login(address).Answered(HttpStatusCode.OK);
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
    public async Task A_passkey_is_added_and_removed()
    {
        (BrowserClient browser, _) = await NewPerson();
        using SoftwareAuthenticator authenticator = new();
        await browser.AddPasskey(authenticator).Answered(HttpStatusCode.Created);
        JsonElement passkey = Assert.Single(await browser.Passkeys());

        await browser
            .Delete($"/passkeys/{passkey.GetProperty("id").GetString()}")
            .Answered(HttpStatusCode.NoContent);

        Assert.Empty(await browser.Passkeys());
    }

    [Fact]
    public async Task All_sessions_end_and_so_does_an_account()
    {
        (BrowserClient browser, string address) = await NewPerson();
        await browser.Delete("/sessions?include=current").Answered(HttpStatusCode.NoContent);
        Assert.False(await browser.IsSignedIn());

        await browser.Login(address).Answered(HttpStatusCode.OK);
        await browser.Delete("/me").Answered(HttpStatusCode.NoContent);

        Assert.False(await browser.IsSignedIn());
        await Node.Brings(address, "account was deleted");
    }

    private BrowserClient NewBrowser() => PasskeyNode.Browser(Node);

    private async Task<(BrowserClient Browser, string Address)> NewPerson(bool verified = true)
    {
        BrowserClient browser = NewBrowser();
        string address = People.NewAddress();
        await browser.Register(address).Answered(HttpStatusCode.Created);
        if (verified)
        {
            string token = await Node.Token(address, Mailbox.Verify);
            await browser
                .Post("/email/verification/confirm", new { token })
                .Answered(HttpStatusCode.OK);
        }

        return (browser, address);
    }

    /// <summary>A node whose calls are all made twice.</summary>
    public sealed class Twice : IAsyncLifetime
    {
        public RunningNode Node { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Node = await RunningNode.Start(
                PasskeyNode.Settings,
                configure: services => services.AddSingleton<IIncomingGrainCallFilter, TwiceCalls>()
            );

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }
}
