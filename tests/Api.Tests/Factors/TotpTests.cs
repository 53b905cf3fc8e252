using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Factors;

/// <summary>With an authenticator app, the password alone gives no session.</summary>
public sealed class TotpTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact(
        DisplayName = "S-31 The password alone gives no session, and its login cookie opens the second step only"
    )]
    public async Task Password_alone_gives_no_session()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();

        JsonElement first = await browser.Login(email).Answered(HttpStatusCode.OK);

        Assert.Equal("second-factor", first.GetProperty("next").GetString());
        Assert.Equal(["loginToken"], browser.Cookies.Keys);
        string login = browser.Cookies["loginToken"];
        foreach (string name in new[] { "accessToken", "refreshToken", "deviceToken" })
            browser.Cookies[name] = login;
        await browser.Get("/test").Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        await browser.Post("/refresh").Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        await browser.Get("/me").Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        await browser.Post("/step-up").Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        browser.Cookies.Remove("accessToken");
        browser.Cookies.Remove("refreshToken");
        await browser
            .Post("/login/second-factor", new { code = app.FreshCode() })
            .Answered(HttpStatusCode.OK);
        Assert.True(await browser.IsSignedIn());
        Assert.False(browser.Cookies.ContainsKey("loginToken"));
    }

    [Fact(
        DisplayName = "S-31 A login cookie gives one session, within five minutes, and other cookies give none"
    )]
    public async Task Login_cookie_gives_one_session_within_five_minutes()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(email);
        string login = browser.Cookies["loginToken"];
        await browser
            .Post("/login/second-factor", new { code = app.FreshCode() })
            .Answered(HttpStatusCode.OK);

        foreach (string planted in new[] { login, browser.RefreshToken!, browser.AccessToken! })
        {
            using BrowserClient replayed = Node.NewBrowser();
            replayed.Cookies["loginToken"] = planted;
            await replayed
                .Post("/login/second-factor", new { code = app.FreshCode() })
                .Refused(HttpStatusCode.Unauthorized, "login-expired");
        }

        using BrowserClient late = Node.NewBrowser();
        await late.Login(email);
        Node.Clock.Advance(TimeSpan.FromMinutes(5));
        await late.Post("/login/second-factor", new { code = app.Code() })
            .Refused(HttpStatusCode.Unauthorized, "login-expired");
    }

    [Fact(
        DisplayName = "S-33 A TOTP code works once, whichever sign-in sends it, and no earlier code works after it"
    )]
    public async Task TOTP_code_works_once()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        string code = app.FreshCode();
        string earlier = app.Code(-1);
        using BrowserClient first = Node.NewBrowser();
        await first.Login(email);
        await first.Post("/login/second-factor", new { code }).Answered(HttpStatusCode.OK);
        using BrowserClient second = Node.NewBrowser();
        await second.Login(email);

        foreach (
            string used in new[] { code, earlier, app.Code(2), app.Code(-2), "000000", "", "x" }
        )
        {
            await second
                .Post("/login/second-factor", new { code = used })
                .Refused(HttpStatusCode.Unauthorized, "code-refused");
        }

        Node.Clock.Advance(TimeSpan.FromMinutes(1));
        await second
            .Post("/login/second-factor", new { code = app.Code(-1) })
            .Answered(HttpStatusCode.OK);
    }

    [Theory(
        DisplayName = "S-33 A TOTP code of the previous, current or next time step works once, and one further off is refused"
    )]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task TOTP_code_of_an_adjacent_time_step_works_once(int steps)
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        Node.Clock.Advance(TimeSpan.FromMinutes(5));
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(email);

        foreach (string far in new[] { app.Code(-2), app.Code(2) })
        {
            await browser
                .Post("/login/second-factor", new { code = far })
                .Refused(HttpStatusCode.Unauthorized, "code-refused");
        }
        string code = app.Code(steps);
        await browser.Post("/login/second-factor", new { code }).Answered(HttpStatusCode.OK);

        await browser.Login(email);
        await browser
            .Post("/login/second-factor", new { code })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
        Node.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser
            .Post("/login/second-factor", new { code })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
    }

    [Theory]
    [InlineData(' ', '\0')]
    [InlineData('-', '\0')]
    [InlineData('\u2013', '\0')]
    [InlineData('\u00a0', '\0')]
    [InlineData('\u200f', '\u0660')]
    [InlineData(' ', '\u06f0')]
    [InlineData(' ', '\u0966')]
    [InlineData('\uff0d', '\uff10')]
    [InlineData('\u3000', '\uff10')]
    public async Task TOTP_code_may_have_digits_of_any_script_in_groups(char between, char zero)
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(email);
        string code = app.FreshCode();
        string typed = string.Concat(
            code.Select(digit => zero == '\0' ? digit : (char)(zero + digit - '0'))
        );

        await browser
            .Post("/login/second-factor", new { code = $" {typed[..3]}{between}{typed[3..]} " })
            .Answered(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{0}7")]
    [InlineData("x{0}")]
    [InlineData("{0}.0")]
    [InlineData("+{0}")]
    public async Task TOTP_code_with_other_characters_is_refused(string typed)
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(email);

        await browser
            .Post(
                "/login/second-factor",
                new { code = typed.Replace("{0}", app.FreshCode(), StringComparison.Ordinal) }
            )
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
    }

    [Fact(DisplayName = "S-33 Of parallel sign-ins with one TOTP code exactly one succeeds")]
    public async Task Exactly_one_of_parallel_sign_ins_with_one_TOTP_code_succeeds()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        BrowserClient[] browsers = [.. Enumerable.Range(0, 6).Select(_ => Node.NewBrowser())];
        foreach (BrowserClient browser in browsers)
            await browser.Login(email).Answered(HttpStatusCode.OK);
        string code = app.FreshCode();

        HttpResponseMessage[] answers = await Task.WhenAll(
            browsers.Select(browser => browser.Post("/login/second-factor", new { code }))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Removing_the_authenticator_app_removes_recovery_codes_and_ends_other_sessions()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient other = Node.NewBrowser();
        await other.Login(email);
        await other.Post("/login/second-factor", new { code = app.FreshCode() });
        await owner.Post("/factors/totp").Refused(HttpStatusCode.Conflict, "second-factor-on");

        await owner.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);

        Assert.False(await other.IsSignedIn());
        await owner.Delete("/factors/totp").Refused(HttpStatusCode.NotFound, "no-second-factor");
        await owner
            .Post("/factors/recovery-codes")
            .Refused(HttpStatusCode.NotFound, "no-second-factor");
        JsonElement signedIn = await other.Login(email).Answered(HttpStatusCode.OK);
        Assert.False(signedIn.TryGetProperty("next", out _));
        await Node.WaitForMail(email, "authenticator app", count: 2);
    }

    [Theory]
    [InlineData("carrier-pigeon")]
    [InlineData("passkey")]
    [InlineData("recovery-code")]
    [InlineData("TOTP")]
    public async Task Factor_other_than_TOTP_is_404(string name)
    {
        (BrowserClient owner, _) = await Node.NewUser();

        await owner.Post($"/factors/{name}").Refused(HttpStatusCode.NotFound, "no-second-factor");
        await owner
            .Post($"/factors/{name}/confirm", new { code = "123456" })
            .Refused(HttpStatusCode.NotFound, "no-second-factor");
        await owner.Delete($"/factors/{name}").Refused(HttpStatusCode.NotFound, "no-second-factor");
    }

    [Fact]
    public async Task Account_lists_its_factors_and_when_they_were_added()
    {
        (BrowserClient owner, _) = await Node.NewUser();
        DateTimeOffset before = Node.Clock.GetUtcNow();
        await Authenticator.TurnOn(Node, owner);

        JsonElement me = await owner.Me();
        JsonElement export = await owner.Get("/me/export").Answered(HttpStatusCode.OK);
        JsonElement activity = await owner.Get("/me/activity").Answered(HttpStatusCode.OK);

        Assert.True(me.GetProperty("totp").GetBoolean());
        Assert.Equal(
            ["totp", "recovery-code"],
            me.GetProperty("factors").EnumerateArray().Select(method => method.GetString())
        );
        JsonElement added = Assert.Single(export.GetProperty("factors").EnumerateArray());
        Assert.Equal("totp", added.GetProperty("method").GetString());
        Assert.InRange(
            added.GetProperty("addedAt").GetDateTimeOffset(),
            before,
            Node.Clock.GetUtcNow()
        );
        JsonElement latest = activity.GetProperty("events")[0];
        Assert.Equal("second-factor-added", latest.GetProperty("kind").GetString());
        Assert.Equal("totp", latest.GetProperty("method").GetString());
    }

    [Fact]
    public async Task Wrong_code_does_not_confirm_the_authenticator_app()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        await owner
            .Post("/factors/totp/confirm", new { code = "123456" })
            .Refused(HttpStatusCode.Conflict, "no-second-factor-pending");
        await Authenticator.Offer(Node, owner);

        await owner
            .Post("/factors/totp/confirm", new { code = "12345" })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");

        JsonElement signedIn = await owner.Login(email).Answered(HttpStatusCode.OK);
        Assert.False(signedIn.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task No_second_factor_can_be_added_where_TWO_FACTOR_is_none()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "none" }
        );
        (BrowserClient browser, _) = await node.NewUser();

        await browser.Post("/factors/totp").Refused(HttpStatusCode.Forbidden, "second-factors-off");
    }

    [Fact(
        DisplayName = "S-32 Where TWO_FACTOR is all, a restricted session can only add a second factor"
    )]
    public async Task Restricted_session_can_only_add_a_second_factor()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "all" }
        );
        using BrowserClient browser = node.NewBrowser();
        string email = People.NewEmail();

        JsonElement registered = await browser.Register(email).Answered(HttpStatusCode.Created);

        Assert.Equal("second-factor-setup", registered.GetProperty("next").GetString());
        foreach (string path in new[] { "/test", "/sessions", "/me/activity", "/me/export" })
            await browser.Get(path).Refused(HttpStatusCode.Forbidden, "second-factor-required");
        await browser
            .Post("/email/change", new { email = People.NewEmail() })
            .Refused(HttpStatusCode.Forbidden, "second-factor-required");
        await browser.Post("/refresh").Answered(HttpStatusCode.NoContent);
        await browser.Get("/test").Refused(HttpStatusCode.Forbidden, "second-factor-required");
        browser.AccessToken = null;
        await browser.Get("/test").Refused(HttpStatusCode.Forbidden, "second-factor-required");
        Authenticator app = await Authenticator.TurnOn(node, browser);
        Assert.True(await browser.IsSignedIn());
        Assert.False((await browser.Me()).TryGetProperty("next", out _));
        await browser
            .Delete("/factors/totp")
            .Refused(HttpStatusCode.Conflict, "second-factor-needed");
        await browser.Login(email).Answered(HttpStatusCode.OK);
        await browser
            .Post("/login/second-factor", new { code = app.FreshCode() })
            .Answered(HttpStatusCode.OK);
        Assert.True(await browser.IsSignedIn());
    }
}
