using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Factors;

/// <summary>Sensitive changes ask for a fresh proof of who is there.</summary>
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
        DisplayName = "S-36 A proof of eleven minutes ago is too old, and a refresh makes it no younger"
    )]
    [MemberData(nameof(Sensitive))]
    public async Task A_proof_of_eleven_minutes_ago_is_too_old(string method, string path)
    {
        (BrowserClient browser, _) = await Node.NewPerson();
        await browser.VerifyAddress();
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

    [Fact(DisplayName = "S-36 The proof of one session is no other's")]
    public async Task The_proof_of_one_session_is_no_others()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        Node.Clock.Advance(TimeSpan.FromMinutes(11));
        using BrowserClient other = Node.NewBrowser();
        await other.Login(address).Answered(HttpStatusCode.OK);

        await browser.Delete("/sessions").Refused(HttpStatusCode.Forbidden, "step-up-required");
        await other.Delete("/sessions").Answered(HttpStatusCode.NoContent);
        Assert.False(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-36 Access tokens from before a step-up are worth nothing")]
    public async Task Access_tokens_from_before_a_step_up_are_worth_nothing()
    {
        (BrowserClient browser, _) = await Node.NewPerson();
        string before = browser.AccessToken!;

        await browser
            .Post("/step-up", new { password = People.Password })
            .Answered(HttpStatusCode.NoContent);

        using BrowserClient old = Node.NewBrowser();
        old.AccessToken = before;
        Assert.False(await old.IsSignedIn());
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-36 Whose answer to a step-up was lost stays signed in, without the proof"
    )]
    public async Task Whose_answer_was_lost_stays_signed_in_without_the_proof()
    {
        (BrowserClient browser, _) = await Node.NewPerson();
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

    [Fact(DisplayName = "S-36 Where an authenticator app is on, the password alone is no proof")]
    public async Task Where_an_authenticator_app_is_on_the_password_alone_is_no_proof()
    {
        (BrowserClient browser, _) = await Node.NewPerson();
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

    [Theory(DisplayName = "S-36 What is done with factors asks for a fresh proof of both")]
    [InlineData("DELETE", "/factors/totp")]
    [InlineData("POST", "/factors/recovery-codes")]
    [InlineData("POST", "/email/change")]
    [InlineData("POST", "/password/change")]
    [InlineData("DELETE", "/sessions")]
    [InlineData("DELETE", "/me")]
    public async Task What_is_done_with_factors_asks_for_a_fresh_proof(string method, string path)
    {
        (BrowserClient browser, _) = await Node.NewPerson();
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

    [Fact(
        DisplayName = "S-36 An authenticator app that was offered is confirmed with a fresh proof"
    )]
    public async Task An_app_that_was_offered_is_confirmed_with_a_fresh_proof()
    {
        (BrowserClient browser, _) = await Node.NewPerson();
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
    public async Task Signing_oneself_out_asks_for_nothing()
    {
        (BrowserClient browser, _) = await Node.NewPerson();
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
        : path == "/email/change" ? browser.Post(path, new { email = People.NewAddress() })
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
