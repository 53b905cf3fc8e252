using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Factors;

/// <summary>Each recovery code replaces the authenticator app once.</summary>
public sealed class RecoveryCodeTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact(
        DisplayName = "S-34 A recovery code works once, in any spelling, and its owner is notified"
    )]
    public async Task Recovery_code_works_once_and_its_owner_is_notified()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        Assert.Equal(10, app.RecoveryCodes.Distinct().Count());
        string code = app.RecoveryCodes[3];
        using BrowserClient browser = Node.NewBrowser();

        await browser.Login(email);
        await browser
            .Post(
                "/login/second-factor",
                new { recoveryCode = code.ToLowerInvariant().Replace("-", " ") }
            )
            .Answered(HttpStatusCode.OK);
        await browser.Login(email);
        await browser
            .Post("/login/second-factor", new { recoveryCode = code })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");

        Assert.Equal(9, (await owner.Me()).GetProperty("recoveryCodesLeft").GetInt32());
        JsonElement activity = await owner.Get("/me/activity").Answered(HttpStatusCode.OK);
        Assert.Contains(
            activity.GetProperty("events").EnumerateArray(),
            entry => entry.GetProperty("kind").GetString() == "recovery-code-used"
        );
        await Node.WaitForMail(email, "Recovery code used");
    }

    [Theory]
    [InlineData('\u2013', 0)]
    [InlineData(' ', 0xFEE0)]
    [InlineData('\u200b', 0xFEE0)]
    public async Task Recovery_code_may_contain_any_hyphen_and_full_width_characters(
        char between,
        int shift
    )
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(email);

        await browser
            .Post(
                "/login/second-factor",
                new
                {
                    recoveryCode = string.Concat(
                        app.RecoveryCodes[0].Select(c => c == '-' ? between : (char)(c + shift))
                    ),
                }
            )
            .Answered(HttpStatusCode.OK);
    }

    [Fact(DisplayName = "S-34 A recovery code of another user is refused")]
    public async Task Recovery_code_of_another_user_is_refused()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        await Authenticator.TurnOn(Node, owner);
        (BrowserClient other, _) = await Node.NewUser();
        Authenticator foreign = await Authenticator.TurnOn(Node, other);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(email);

        await browser
            .Post("/login/second-factor", new { recoveryCode = foreign.RecoveryCodes[0] })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
    }

    [Fact(DisplayName = "S-34 Of parallel sign-ins with one recovery code exactly one succeeds")]
    public async Task Exactly_one_of_parallel_sign_ins_with_one_recovery_code_succeeds()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        BrowserClient[] browsers = [.. Enumerable.Range(0, 6).Select(_ => Node.NewBrowser())];
        foreach (BrowserClient browser in browsers)
            await browser.Login(email).Answered(HttpStatusCode.OK);

        HttpResponseMessage[] answers = await Task.WhenAll(
            browsers.Select(browser =>
                browser.Post("/login/second-factor", new { recoveryCode = app.RecoveryCodes[0] })
            )
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task New_recovery_codes_invalidate_the_old_ones()
    {
        (BrowserClient owner, string email) = await Node.NewUser();
        Authenticator app = await Authenticator.TurnOn(Node, owner);
        using HttpResponseMessage made = await owner.Post("/factors/recovery-codes");
        IReadOnlyList<string> codes = await Authenticator.Codes(made);
        using BrowserClient browser = Node.NewBrowser();
        await browser.Login(email);

        await browser
            .Post("/login/second-factor", new { recoveryCode = app.RecoveryCodes[0] })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
        await browser
            .Post("/login/second-factor", new { recoveryCode = codes[0] })
            .Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Second_step_takes_exactly_one_code()
    {
        using BrowserClient browser = Node.NewBrowser();
        using HttpResponseMessage none = await browser.Post("/login/second-factor", new { });
        using HttpResponseMessage two = await browser.Post(
            "/login/second-factor",
            new { code = "123456", recoveryCode = "x" }
        );

        await Problem.NamesField(none, "code");
        await Problem.NamesField(two, "code");
    }
}
