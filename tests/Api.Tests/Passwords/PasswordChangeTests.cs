using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passwords;

/// <summary>A password change or reset ends what the old password opened.</summary>
public sealed class PasswordChangeTests(OwnNode own) : IClassFixture<OwnNode>
{
    private const string NewPassword = "quite another set of words";

    private RunningNode Node => own.Node;

    [Fact(
        DisplayName = "S-23 A password change ends all other sessions, and the current one goes on with new tokens"
    )]
    public async Task Password_change_ends_all_other_sessions()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        await browser.VerifyEmail();
        using BrowserClient other = Node.NewBrowser();
        await other.Login(email).Answered(HttpStatusCode.OK);
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
        await other.Login(email).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await other.Login(email, NewPassword).Answered(HttpStatusCode.OK);
        await Node.WaitForMail(email, "password was changed");
    }

    [Fact]
    public async Task Password_change_requires_the_current_password_and_an_allowed_new_one()
    {
        (BrowserClient browser, _) = await Node.NewUser();

        await Change(browser, "not the password")
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        using HttpResponseMessage weak = await Change(browser, People.Password, "password");
        await Problem.NamesField(weak, "newPassword");
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-23 A sign-in whose password was checked before a password change cannot be completed after it"
    )]
    public async Task Sign_in_in_progress_cannot_be_completed_after_a_password_change()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient attacker = Node.NewBrowser();
        await attacker.Login(email).Answered(HttpStatusCode.OK);

        await Change(browser, People.Password).Answered(HttpStatusCode.NoContent);

        await attacker
            .Post("/login/second-factor", new { code = app.FreshCode() })
            .Refused(HttpStatusCode.Unauthorized, "login-expired");
    }

    [Fact(
        DisplayName = "S-23 Sign-ins that are parallel to a password change are refused, or their sessions end with it"
    )]
    public async Task Parallel_sign_ins_do_not_outlive_a_password_change()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        BrowserClient[] others = [.. Enumerable.Range(0, 8).Select(_ => Node.NewBrowser())];

        Task<HttpResponseMessage>[] logins = [.. others.Select(other => other.Login(email))];
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
        DisplayName = "S-41 A password reset ends all sessions, does not sign in and keeps the second factor"
    )]
    public async Task Password_reset_ends_all_sessions_and_keeps_the_second_factor()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        await browser
            .Post(
                "/email/verification/confirm",
                new { token = await Node.Token(email, Mailbox.Verify) }
            )
            .Answered(HttpStatusCode.OK);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient other = Node.NewBrowser();
        await other.Post("/password/forgot", new { email });

        await other
            .Post(
                "/password/reset",
                new { token = await Node.Token(email, Mailbox.Reset), password = NewPassword }
            )
            .Answered(HttpStatusCode.NoContent);

        Assert.False(await browser.IsSignedIn());
        // The device stays known, so that other people's failed attempts do not delay it. It gives no access.
        Assert.Equal(["deviceToken"], other.Cookies.Keys);
        JsonElement first = await other.Login(email, NewPassword).Answered(HttpStatusCode.OK);
        Assert.Equal("second-factor", first.GetProperty("next").GetString());
        Assert.False(await other.IsSignedIn());
        await other
            .Post("/login/second-factor", new { code = app.FreshCode() })
            .Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refused_new_password_leaves_the_reset_link_valid()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        await browser.Post("/password/forgot", new { email });
        string token = await Node.Token(email, Mailbox.Reset);

        using HttpResponseMessage weak = await browser.Post(
            "/password/reset",
            new { token, password = "password" }
        );

        await Problem.NamesField(weak, "password");
        await browser
            .Post("/password/reset", new { token, password = NewPassword })
            .Answered(HttpStatusCode.NoContent);
    }

    private static Task<HttpResponseMessage> Change(
        BrowserClient browser,
        string currentPassword,
        string newPassword = NewPassword
    ) => browser.Post("/password/change", new { currentPassword, newPassword });
}
