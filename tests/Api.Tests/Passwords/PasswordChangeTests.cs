using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passwords;

/// <summary>A new password ends what the old one had opened.</summary>
public sealed class PasswordChangeTests(OwnNode own) : IClassFixture<OwnNode>
{
    private const string New = "quite another set of words";

    private RunningNode Node => own.Node;

    [Fact(
        DisplayName = "S-23 A changed password ends all other sessions, and this one goes on with new tokens"
    )]
    public async Task A_changed_password_ends_all_other_sessions()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        await browser.VerifyAddress();
        using BrowserClient other = Node.NewBrowser();
        await other.Login(address).Answered(HttpStatusCode.OK);
        string before = browser.AccessToken!;

        await Change(browser, People.Password).Answered(HttpStatusCode.NoContent);

        Assert.False(await other.IsSignedIn());
        Assert.True(await browser.IsSignedIn());
        using BrowserClient old = Node.NewBrowser();
        old.AccessToken = before;
        Assert.False(await old.IsSignedIn());
        JsonElement list = await browser.Get("/sessions").Answered(HttpStatusCode.OK);
        Assert.Equal(
            "password-changed",
            list.GetProperty("ended")[0].GetProperty("reason").GetString()
        );
        await other.Login(address).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await other.Login(address, New).Answered(HttpStatusCode.OK);
        await Node.Brings(address, "password was changed");
    }

    [Fact]
    public async Task The_current_password_has_to_be_right_and_the_new_one_good()
    {
        (BrowserClient browser, _) = await Node.NewPerson();

        await Change(browser, "not the password")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        using HttpResponseMessage weak = await Change(browser, People.Password, "password");
        await Problem.NamesField(weak, "newPassword");
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-23 A sign-in whose password was right before the change does not end after it"
    )]
    public async Task A_sign_in_under_way_does_not_end_after_the_change()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient thief = Node.NewBrowser();
        await thief.Login(address).Answered(HttpStatusCode.OK);

        await Change(browser, People.Password).Answered(HttpStatusCode.NoContent);

        await thief
            .Post("/login/second-factor", new { code = app.FreshCode() })
            .Refused(HttpStatusCode.Unauthorized, "login-expired");
    }

    [Fact(
        DisplayName = "S-23 Sign-ins that wait while the password changes end with the change, or are refused"
    )]
    public async Task Sign_ins_at_the_same_moment_do_not_outlive_the_change()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        BrowserClient[] others = [.. Enumerable.Range(0, 8).Select(_ => Node.NewBrowser())];

        Task<HttpResponseMessage>[] logins = [.. others.Select(other => other.Login(address))];
        await Change(browser, People.Password).Answered(HttpStatusCode.NoContent);
        HttpResponseMessage[] answers = await Task.WhenAll(logins);

        Assert.All(
            answers,
            answer =>
                Assert.True(
                    answer.StatusCode
                        is HttpStatusCode.OK
                            or HttpStatusCode.Unauthorized
                            or HttpStatusCode.ServiceUnavailable
                )
        );
        foreach (BrowserClient other in others)
        {
            Assert.False(await other.IsSignedIn());
            other.Dispose();
        }
    }

    [Fact(
        DisplayName = "S-41 A reset ends all sessions, signs nobody in, and keeps the second factor"
    )]
    public async Task A_reset_ends_all_sessions_and_keeps_the_second_factor()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        await browser
            .Post(
                "/email/verification/confirm",
                new { token = await Node.Token(address, Mailbox.Verify) }
            )
            .Answered(HttpStatusCode.OK);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient anywhere = Node.NewBrowser();
        await anywhere.Post("/password/forgot", new { email = address });

        await anywhere
            .Post(
                "/password/reset",
                new { token = await Node.Token(address, Mailbox.Reset), password = New }
            )
            .Answered(HttpStatusCode.NoContent);

        Assert.False(await browser.IsSignedIn());
        // It opens nothing: where the password was reset, guesses of others keep nobody out.
        Assert.Equal(["deviceToken"], anywhere.Cookies.Keys);
        JsonElement first = await anywhere.Login(address, New).Answered(HttpStatusCode.OK);
        Assert.Equal("second-factor", first.GetProperty("next").GetString());
        Assert.False(await anywhere.IsSignedIn());
        await anywhere
            .Post("/login/second-factor", new { code = app.FreshCode() })
            .Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refused_new_password_leaves_the_link_good()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        await browser.Post("/password/forgot", new { email = address });
        string token = await Node.Token(address, Mailbox.Reset);

        using HttpResponseMessage weak = await browser.Post(
            "/password/reset",
            new { token, password = "password" }
        );

        await Problem.NamesField(weak, "password");
        await browser
            .Post("/password/reset", new { token, password = New })
            .Answered(HttpStatusCode.NoContent);
    }

    private static Task<HttpResponseMessage> Change(
        BrowserClient browser,
        string currentPassword,
        string newPassword = New
    ) => browser.Post("/password/change", new { currentPassword, newPassword });
}
