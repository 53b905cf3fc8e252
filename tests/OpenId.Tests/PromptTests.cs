using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>What a request asks of the user, and what the user is asked for.</summary>
public sealed class PromptTests(Provider provider) : IClassFixture<Provider>
{
    [Fact]
    public async Task Browser_that_is_not_signed_in_comes_back_with_the_same_request()
    {
        using BrowserClient browser = provider.Node.NewBrowser();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string sealedRequest = await browser.Get(shop.AuthorizePath()).LeadsTo("/login");

        await browser.Register(People.NewEmail()).Answered(HttpStatusCode.Created);

        using HttpResponseMessage answer = await browser.Get(
            $"/oauth/authorize?resume={sealedRequest}"
        );
        string code = shop.Returned(answer)["code"];
        await shop.Redeem(code).Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Login_hint_fills_the_email()
    {
        using BrowserClient browser = provider.Node.NewBrowser();
        using ApplicationClient shop = provider.Client(provider.Shop);

        using HttpResponseMessage answer = await browser.Get(
            shop.AuthorizePath(("login_hint", "ada@example.org"))
        );

        Assert.EndsWith(
            "&email=ada@example.org",
            answer.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_prompt_the_application_is_told_what_is_missing()
    {
        using BrowserClient nobody = provider.Node.NewBrowser();
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        using ApplicationClient bank = provider.Client(provider.Bank);

        Assert.Equal("login_required", (await shop.Authorize(nobody, ("prompt", "none")))["error"]);
        Assert.Equal(
            "interaction_required",
            (await bank.Authorize(browser, ("prompt", "none")))["error"]
        );
        Assert.Contains("code", await shop.Authorize(browser, ("prompt", "none")));
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    public async Task Authentication_after_the_request_satisfies_it(string name, string value)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string sealedRequest = await browser
            .Get(shop.AuthorizePath((name, value)))
            .LeadsTo("/confirm");
        string again = await browser
            .Get($"/oauth/authorize?resume={sealedRequest}")
            .LeadsTo("/confirm");

        await browser
            .Post("/step-up", new { password = People.Password })
            .Answered(HttpStatusCode.NoContent);

        using HttpResponseMessage answer = await browser.Get($"/oauth/authorize?resume={again}");
        string code = shop.Returned(answer)["code"];
        TokenSet tokens = TokenSet.Of(await shop.Redeem(code).Answered(HttpStatusCode.OK));
        Assert.InRange(
            tokens.IdentityClaims.GetProperty("auth_time").GetInt64(),
            provider.Node.Clock.GetUtcNow().ToUnixTimeSeconds() - 60,
            provider.Node.Clock.GetUtcNow().ToUnixTimeSeconds()
        );
    }

    [Fact]
    public async Task Old_authentication_is_not_enough_for_a_shorter_max_age()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        await provider.Advance(TimeSpan.FromMinutes(6));

        await browser.Get(shop.AuthorizePath(("max_age", "300"))).LeadsTo("/confirm");
        Assert.Contains("code", await shop.Authorize(browser, ("max_age", "600")));
    }

    [Fact]
    public async Task Application_can_limit_the_age_of_the_authentication_for_itself()
    {
        await using RunningNode node = await RunningNode.Start();
        TestApplication application = TestApplication.Confidential("shop") with
        {
            MaxAuthenticationAge = TimeSpan.FromMinutes(5),
        };
        await Provider.Register(node, application);
        (BrowserClient browser, string _) = await node.NewUser();
        using ApplicationClient shop = new(node.Url, application);
        Assert.Contains("code", await shop.Authorize(browser, ("max_age", "86400")));

        node.Clock.Advance(TimeSpan.FromMinutes(6));
        await Provider.Refresh(node);

        await browser.Get(shop.AuthorizePath(("max_age", "86400"))).LeadsTo("/confirm");
        Assert.Equal(
            "interaction_required",
            (await shop.Authorize(browser, ("prompt", "none")))["error"]
        );
    }

    [Fact]
    public async Task Second_factor_is_asked_for_where_the_request_or_the_application_wants_one()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        using ApplicationClient bank = provider.Client(provider.Bank);
        (string, string?) asked = ("acr_values", "urn:sessionauth:acr:2fa");
        await browser.Get(shop.AuthorizePath(asked)).LeadsTo("/account/sign-in");
        await browser.Get(bank.AuthorizePath()).LeadsTo("/account/sign-in");

        await Authenticator.TurnOn(provider.Node, browser);
        await Provider.Refresh(provider.Node);
        TokenSet tokens = await bank.SignIn(browser);
        Assert.Equal(
            "urn:sessionauth:acr:2fa",
            tokens.IdentityClaims.GetProperty("acr").GetString()
        );
        Assert.Equal(
            ["pwd", "otp", "mfa"],
            tokens
                .IdentityClaims.GetProperty("amr")
                .EnumerateArray()
                .Select(method => method.GetString())
        );
        await shop.SignIn(browser, asked);
    }

    [Fact(DisplayName = "S-36 A grant keeps the authentication that it was opened with")]
    public async Task Grant_keeps_its_authentication()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet before = await shop.SignIn(browser);
        long at = before.AccessClaims.GetProperty("auth_time").GetInt64();
        await provider.Advance(TimeSpan.FromMinutes(1));

        await browser
            .Post("/step-up", new { password = People.Password })
            .Answered(HttpStatusCode.NoContent);

        TokenSet after = TokenSet.Of(
            await shop.Refresh(before.Refresh!).Answered(HttpStatusCode.OK)
        );
        Assert.Equal(at, after.AccessClaims.GetProperty("auth_time").GetInt64());
        JsonElement live = await shop.Introspect(after.Access).Answered(HttpStatusCode.OK);
        Assert.Equal(at, live.GetProperty("auth_time").GetInt64());
    }

    [Fact]
    public async Task Identity_token_of_another_user_as_a_hint_asks_for_that_user()
    {
        using BrowserClient ada = await provider.SignedIn();
        using BrowserClient bob = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet ofAda = await shop.SignIn(ada);

        Dictionary<string, string> other = await shop.Authorize(
            bob,
            ("id_token_hint", ofAda.Identity),
            ("prompt", "none")
        );
        Dictionary<string, string> same = await shop.Authorize(
            ada,
            ("id_token_hint", ofAda.Identity),
            ("prompt", "none")
        );

        Assert.Equal("login_required", other["error"]);
        Assert.Contains("code", same);
    }

    [Fact]
    public async Task Restricted_session_gets_no_code()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "all" }
        );
        TestApplication application = TestApplication.Confidential("shop");
        await Provider.Register(node, application);
        (BrowserClient browser, string _) = await node.NewUser();
        using ApplicationClient shop = new(node.Url, application);

        await browser.Get(shop.AuthorizePath()).LeadsTo("/account/sign-in");
        Assert.Equal(
            "interaction_required",
            (await shop.Authorize(browser, ("prompt", "none")))["error"]
        );
    }
}
