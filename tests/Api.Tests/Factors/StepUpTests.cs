using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Factors;

/// <summary>Sensitive changes need a recent authentication of their session.</summary>
public sealed class StepUpTests(OwnNode own) : IClassFixture<OwnNode>
{
    public static TheoryData<string, string> Sensitive =>
        new()
        {
            { "POST", "/email/change" },
            { "POST", "/password/change" },
            { "POST", "/factors/totp" },
            { "DELETE", "/sessions/AAAAAAAAAAAAAAAAAAAAAA" },
            { "DELETE", "/sessions" },
            { "DELETE", "/sessions?include=current" },
            { "DELETE", "/passkeys/AAAA" },
            { "DELETE", "/me" },
        };

    private RunningNode Node => own.Node;

    [Theory(
        DisplayName = "S-36 A sensitive change with an authentication older than ten minutes is refused, and a refresh does not renew it"
    )]
    [MemberData(nameof(Sensitive))]
    public async Task Sensitive_change_with_an_old_authentication_is_refused(
        string method,
        string path
    )
    {
        (BrowserClient browser, _) = await Node.NewUser();
        await browser.VerifyEmail();
        Node.Clock.Advance(TimeSpan.FromMinutes(11));
        await browser.Post("/refresh").Answered(HttpStatusCode.NoContent);

        JsonElement problem = await Send(browser, method, path)
            .Refused(HttpStatusCode.Forbidden, "step-up-required");
        Assert.Equal("""[["password"]]""", problem.GetProperty("accepts").GetRawText());
        Assert.True(await browser.IsSignedIn());

        await browser
            .Post("/step-up", new { password = People.Password })
            .Answered(HttpStatusCode.NoContent);
        using HttpResponseMessage answer = await Send(browser, method, path);
        Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact(DisplayName = "S-36 The authentication of one session does not count for another")]
    public async Task Authentication_of_one_session_does_not_count_for_another()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        Node.Clock.Advance(TimeSpan.FromMinutes(11));
        using BrowserClient other = Node.NewBrowser();
        await other.Login(email).Answered(HttpStatusCode.OK);

        await browser.Delete("/sessions").Refused(HttpStatusCode.Forbidden, "step-up-required");
        await other.Delete("/sessions").Answered(HttpStatusCode.NoContent);
        Assert.False(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-36 Access tokens from before a step-up are refused")]
    public async Task Access_token_from_before_a_step_up_is_refused()
    {
        (BrowserClient browser, _) = await Node.NewUser();
        string before = browser.AccessToken!;

        await browser
            .Post("/step-up", new { password = People.Password })
            .Answered(HttpStatusCode.NoContent);

        using BrowserClient attacker = Node.NewBrowser();
        attacker.AccessToken = before;
        Assert.False(await attacker.IsSignedIn());
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-36 A client whose step-up answer was lost stays signed in, without the new authentication"
    )]
    public async Task Client_whose_step_up_answer_was_lost_stays_signed_in_without_its_effect()
    {
        (BrowserClient browser, _) = await Node.NewUser();
        Node.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await browser.IsSignedIn());
        using HttpRequestMessage stepUp = new(HttpMethod.Post, "/step-up")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { password = People.Password }),
        };
        using HttpResponseMessage lost = await browser.Send(stepUp, keepCookies: false);
        Assert.Equal(HttpStatusCode.NoContent, lost.StatusCode);

        Node.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await browser.IsSignedIn());
        await browser.Delete("/sessions").Refused(HttpStatusCode.Forbidden, "step-up-required");
    }

    [Fact(
        DisplayName = "S-36 With an authenticator app, the password alone is not enough for a step-up"
    )]
    public async Task Password_alone_is_not_enough_for_a_step_up_with_an_authenticator_app()
    {
        (BrowserClient browser, _) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        Node.Clock.Advance(TimeSpan.FromMinutes(11));
        JsonElement problem = await browser
            .Delete("/factors/totp")
            .Refused(HttpStatusCode.Forbidden, "step-up-required");
        Assert.Equal(
            """[["password","totp"],["password","recovery-code"]]""",
            problem.GetProperty("accepts").GetRawText()
        );

        using HttpResponseMessage incomplete = await browser.Post(
            "/step-up",
            new { password = People.Password }
        );
        await Problem.NamesField(incomplete, "code");
        await browser
            .Post("/step-up", new { password = "not it", code = app.Code() })
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await browser
            .Post("/step-up", new { password = People.Password, code = "000000" })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
        await browser
            .Post("/step-up", new { password = People.Password, code = app.Code() })
            .Answered(HttpStatusCode.NoContent);
        await browser.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);
    }

    [Theory(
        DisplayName = "S-36 With an authenticator app, sensitive changes need a recent authentication with both factors"
    )]
    [InlineData("DELETE", "/factors/totp")]
    [InlineData("POST", "/factors/recovery-codes")]
    [InlineData("POST", "/email/change")]
    [InlineData("POST", "/password/change")]
    [InlineData("DELETE", "/sessions")]
    [InlineData("DELETE", "/me")]
    public async Task Sensitive_change_needs_a_recent_authentication_with_both_factors(
        string method,
        string path
    )
    {
        (BrowserClient browser, _) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        Node.Clock.Advance(TimeSpan.FromMinutes(11));

        JsonElement problem = await Send(browser, method, path)
            .Refused(HttpStatusCode.Forbidden, "step-up-required");
        Assert.Equal(
            """[["password","totp"],["password","recovery-code"]]""",
            problem.GetProperty("accepts").GetRawText()
        );

        await browser
            .Post(
                "/step-up",
                new { password = People.Password, recoveryCode = app.RecoveryCodes[0] }
            )
            .Answered(HttpStatusCode.NoContent);
        using HttpResponseMessage answer = await Send(browser, method, path);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact(DisplayName = "S-36 Confirming an authenticator app needs a recent authentication")]
    public async Task Confirming_an_authenticator_app_needs_a_recent_authentication()
    {
        (BrowserClient browser, _) = await Node.NewUser();
        Authenticator app = await Authenticator.Offer(Node, browser);
        Node.Clock.Advance(TimeSpan.FromMinutes(11));

        await browser
            .Post("/factors/totp/confirm", new { code = app.Code() })
            .Refused(HttpStatusCode.Forbidden, "step-up-required");
        Assert.False((await browser.Me()).GetProperty("totp").GetBoolean());

        await browser
            .Post("/step-up", new { password = People.Password })
            .Answered(HttpStatusCode.NoContent);
        await browser
            .Post("/factors/totp/confirm", new { code = app.Code() })
            .Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ending_the_current_session_needs_no_step_up()
    {
        (BrowserClient browser, _) = await Node.NewUser();
        Node.Clock.Advance(TimeSpan.FromMinutes(11));
        string id = await browser.SessionId();

        await browser.Delete("/sessions/" + id).Answered(HttpStatusCode.NoContent);

        Assert.False(await browser.IsSignedIn());
    }

    private static Task<HttpResponseMessage> Send(
        BrowserClient browser,
        string method,
        string path
    ) =>
        method == "DELETE" ? browser.Delete(path)
        : path == "/email/change" ? browser.Post(path, new { email = People.NewEmail() })
        : path == "/password/change"
            ? browser.Post(
                path,
                new
                {
                    currentPassword = People.Password,
                    newPassword = "quite another set of words",
                }
            )
        : browser.Post(path);
}
