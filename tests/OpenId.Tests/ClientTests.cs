using System.Net;
using SessionAuth.Api.Tests.Running;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>The authentication of applications.</summary>
public sealed class ClientTests(Provider provider) : IClassFixture<Provider>
{
    [Fact(DisplayName = "S-72 Two secrets of an application are right at a time, and no other")]
    public async Task Two_secrets_are_right_at_a_time()
    {
        string old = TestApplication.NewSecret();
        TestApplication rotating = TestApplication.Confidential("rotating") with
        {
            OtherSecrets = [old],
        };
        await using RunningNode node = await RunningNode.Start();
        await Provider.Register(node, rotating);
        (BrowserClient browser, string _) = await node.NewUser();
        using ApplicationClient withNew = new(node.Url, rotating);
        using ApplicationClient withOld = new(node.Url, rotating with { Secret = old });
        using ApplicationClient withNone = new(node.Url, rotating with { Secret = null });
        using ApplicationClient wrong = new(
            node.Url,
            rotating with
            {
                Secret = TestApplication.NewSecret(),
            }
        );

        await withNew.SignIn(browser);
        await withOld.SignIn(browser);
        string code = await wrong.Code(browser);
        await wrong.Redeem(code).Fails("invalid_client", HttpStatusCode.Unauthorized);
        await withNone
            .Redeem(code, ("code_verifier", wrong.Verifier))
            .Fails("invalid_client", HttpStatusCode.Unauthorized);
        await wrong.Introspect("x").Fails("invalid_client", HttpStatusCode.Unauthorized);
        await wrong.Revoke("x").Fails("invalid_client", HttpStatusCode.Unauthorized);
        await withNew.Redeem(code, ("code_verifier", wrong.Verifier)).Answered(HttpStatusCode.OK);

        await Provider.Register(node, rotating with { OtherSecrets = [] });
        await withOld.Introspect("x").Fails("invalid_client", HttpStatusCode.Unauthorized);
        await withNew.Introspect("x").Answered(HttpStatusCode.OK);
    }

    [Fact(DisplayName = "S-72 A public client signs in by PKCE alone, and has no secret")]
    public async Task Public_client_signs_in_by_PKCE_alone()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient spa = provider.Client(provider.Spa);
        using ApplicationClient withSecret = provider.Client(
            provider.Spa with
            {
                Secret = TestApplication.NewSecret(),
            }
        );

        TokenSet tokens = await spa.SignIn(browser);

        await spa.Refresh(tokens.Refresh!).Answered(HttpStatusCode.OK);
        await withSecret
            .Refresh(tokens.Refresh!)
            .Fails("invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact(DisplayName = "S-72 Wrong secrets are throttled, while right ones and checks go on")]
    public async Task Wrong_secrets_are_throttled()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_FAILURES_PER_NETWORK"] = "5" }
        );
        TestApplication application = TestApplication.Confidential("shop");
        await Provider.Register(node, application);
        (BrowserClient browser, string email) = await node.NewUser();
        using ApplicationClient right = new(node.Url, application);
        using ApplicationClient wrong = new(
            node.Url,
            application with
            {
                Secret = TestApplication.NewSecret(),
            }
        );
        TokenSet tokens = await right.SignIn(browser);

        HttpResponseMessage last = await wrong.Introspect(tokens.Access);
        for (int i = 0; i < 20 && last.StatusCode != HttpStatusCode.TooManyRequests; i++)
            last = await wrong.Introspect(tokens.Access);

        await Problem.Is(last, HttpStatusCode.TooManyRequests, "too-many-client-failures");
        Assert.True(last.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.True(await right.IsActive(tokens.Access));
        Assert.True(await browser.IsSignedIn());
        using BrowserClient other = node.NewBrowser();
        await other.Login(email).Answered(HttpStatusCode.OK);
        Assert.Contains(
            node.Log.Lines,
            line =>
                line.Contains("client-refused at POST /oauth/introspect", StringComparison.Ordinal)
        );
    }
}
