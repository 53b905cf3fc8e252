using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Factors;

/// <summary>With an authenticator app on, the password alone opens nothing.</summary>
public sealed class TotpTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact(
        DisplayName = "S-31 The password alone is no session, and what it brings opens nothing else"
    )]
    public async Task The_password_alone_is_no_session()
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();

        JsonElement first = await browser.Login(address).Answered(HttpStatusCode.OK);

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
        DisplayName = "S-31 A first step makes one session, within five minutes, and other cookies make none"
    )]
    public async Task A_first_step_makes_one_session_within_five_minutes()
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(address);
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
        await late.Login(address);
        Node.Clock.Advance(TimeSpan.FromMinutes(5));
        await late.Post("/login/second-factor", new { code = app.Code() })
            .Refused(HttpStatusCode.Unauthorized, "login-expired");
    }

    [Fact(
        DisplayName = "S-33 A code works once, in whatever sign-in, and none before it works after"
    )]
    public async Task A_code_works_once()
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        string code = app.FreshCode();
        string earlier = app.Code(-1);
        using BrowserClient first = Node.NewBrowser();
        await first.Login(address);
        await first.Post("/login/second-factor", new { code }).Answered(HttpStatusCode.OK);
        using BrowserClient second = Node.NewBrowser();
        await second.Login(address);

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
        DisplayName = "S-33 A code of a clock that is a step ahead or behind works once, and none that is further off"
    )]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_code_of_a_clock_that_is_a_step_off_works_once(int steps)
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        Node.Clock.Advance(TimeSpan.FromMinutes(5));
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(address);

        foreach (string far in new[] { app.Code(-2), app.Code(2) })
        {
            await browser
                .Post("/login/second-factor", new { code = far })
                .Refused(HttpStatusCode.Unauthorized, "code-refused");
        }
        string code = app.Code(steps);
        await browser.Post("/login/second-factor", new { code }).Answered(HttpStatusCode.OK);

        await browser.Login(address);
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
    public async Task A_code_may_be_typed_with_any_script_s_digits_and_in_groups(
        char between,
        char zero
    )
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(address);
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
    public async Task A_code_with_anything_else_in_it_is_refused(string typed)
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(address);

        await browser
            .Post(
                "/login/second-factor",
                new { code = typed.Replace("{0}", app.FreshCode(), StringComparison.Ordinal) }
            )
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
    }

    [Fact(DisplayName = "S-33 Of parallel sign-ins with one code, one succeeds")]
    public async Task Of_parallel_sign_ins_with_one_code_one_succeeds()
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        BrowserClient[] browsers = [.. Enumerable.Range(0, 6).Select(_ => Node.NewBrowser())];
        foreach (BrowserClient browser in browsers)
            await browser.Login(address).Answered(HttpStatusCode.OK);
        string code = app.FreshCode();

        HttpResponseMessage[] answers = await Task.WhenAll(
            browsers.Select(browser => browser.Post("/login/second-factor", new { code }))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Turning_it_off_takes_the_recovery_codes_along_and_ends_other_sessions()
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient other = Node.NewBrowser();
        await other.Login(address);
        await other.Post("/login/second-factor", new { code = app.FreshCode() });
        await owner.Post("/factors/totp").Refused(HttpStatusCode.Conflict, "totp-on");

        await owner.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);

        Assert.False(await other.IsSignedIn());
        await owner.Delete("/factors/totp").Refused(HttpStatusCode.NotFound, "no-totp");
        await owner.Post("/factors/recovery-codes").Refused(HttpStatusCode.NotFound, "no-totp");
        JsonElement signedIn = await other.Login(address).Answered(HttpStatusCode.OK);
        Assert.False(signedIn.TryGetProperty("next", out _));
        await Node.Brings(address, "authenticator app", count: 2);
    }

    [Fact]
    public async Task A_wrong_code_confirms_nothing()
    {
        (BrowserClient owner, string address) = await Node.NewPerson();
        await owner
            .Post("/factors/totp/confirm", new { code = "123456" })
            .Refused(HttpStatusCode.Conflict, "no-totp-pending");
        await Authenticator.Offer(Node, owner);

        await owner
            .Post("/factors/totp/confirm", new { code = "12345" })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");

        JsonElement signedIn = await owner.Login(address).Answered(HttpStatusCode.OK);
        Assert.False(signedIn.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Where_second_factors_are_off_none_is_added()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "none" }
        );
        (BrowserClient browser, _) = await node.NewPerson();

        await browser.Post("/factors/totp").Refused(HttpStatusCode.Forbidden, "second-factors-off");
    }

    [Fact(
        DisplayName = "S-32 Where all need two factors, a session of one opens nothing but the way to the second"
    )]
    public async Task Where_all_need_two_factors_a_session_of_one_opens_nothing_else()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "all" }
        );
        using BrowserClient browser = node.NewBrowser();
        string address = People.NewAddress();

        JsonElement registered = await browser.Register(address).Answered(HttpStatusCode.Created);

        Assert.Equal("second-factor-setup", registered.GetProperty("next").GetString());
        foreach (string path in new[] { "/test", "/sessions", "/me/activity", "/me/export" })
            await browser.Get(path).Refused(HttpStatusCode.Forbidden, "second-factor-required");
        await browser
            .Post("/email/change", new { email = People.NewAddress() })
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
        await browser.Login(address).Answered(HttpStatusCode.OK);
        await browser
            .Post("/login/second-factor", new { code = app.FreshCode() })
            .Answered(HttpStatusCode.OK);
        Assert.True(await browser.IsSignedIn());
    }
}
