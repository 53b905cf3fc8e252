using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>An application with <c>AddOpenIdConnect</c>, on a node as people run it.</summary>
public sealed class AspNetCoreTests
{
    private readonly string _origin = $"http://127.0.0.1:{FreePort.Next()}";
    private readonly string _secret = TestApplication.NewSecret();

    private RegisteredApplication Shop =>
        RegisteredApplication.Confidential(
            "shop",
            _secret,
            _origin + "/signin-oidc",
            _origin + "/signout-callback-oidc"
        );

    [Fact]
    public async Task AddOpenIdConnect_signs_in_and_knows_an_email_only_once_it_is_verified()
    {
        await using ProviderProcess provider = await ProviderProcess.Start(Shop);
        await using AspNetCoreApplication application = await Start(provider);
        using WebBrowser browser = await provider.Registered();

        JsonElement claims = await browser.ReadJson(_origin + "/");
        string sub = claims.GetProperty("sub").GetString()!;
        Assert.Equal("pwd", claims.GetProperty("amr").GetString());
        Assert.False(claims.TryGetProperty("email", out _));

        await browser.VerifyEmail();
        browser.CookiesOf("127.0.0.1").Clear();
        claims = await browser.ReadJson(_origin + "/");
        Assert.Equal(sub, claims.GetProperty("sub").GetString());
        Assert.Equal(browser.Email, claims.GetProperty("email").GetString());
        Assert.Equal("true", claims.GetProperty("email_verified").GetString());
    }

    [Fact]
    public async Task AddOpenIdConnect_keeps_tokens_that_the_application_refreshes_until_the_session_ends()
    {
        await using ProviderProcess provider = await ProviderProcess.Start(Shop);
        await using AspNetCoreApplication application = await Start(provider);
        using WebBrowser browser = await provider.Registered();

        JsonElement first = await Tokens(browser);
        Assert.Equal("refreshed", (await browser.Read(_origin + "/refresh")).Text);
        JsonElement second = await Tokens(browser);
        foreach (string token in (string[])["access_token", "refresh_token", "id_token"])
            Assert.NotEqual(
                first.GetProperty(token).GetString(),
                second.GetProperty(token).GetString()
            );

        await browser.SignOut();
        (_, string refused) = await browser.Read(_origin + "/refresh");
        Assert.Contains("invalid_grant", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddOpenIdConnect_signs_out_at_the_provider_too_and_returns()
    {
        await using ProviderProcess provider = await ProviderProcess.Start(Shop);
        await using AspNetCoreApplication application = await Start(provider);
        using WebBrowser browser = await provider.Registered();
        await browser.ReadJson(_origin + "/");
        Assert.True(await browser.IsSignedIn());

        (Uri address, string text) = await browser.Read(_origin + "/sign-out");

        Assert.Equal($"{_origin}/bye", address.AbsoluteUri);
        Assert.Equal("Bye", text);
        Assert.False(await browser.IsSignedIn());
        using HttpResponseMessage again = await browser.Open(_origin + "/");
        Assert.Equal("/login", again.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task AddOpenIdConnect_works_with_RS256_and_without_PKCE()
    {
        await using ProviderProcess provider = await ProviderProcess.Start(
            Shop with
            {
                IdTokenAlg = "RS256",
                Pkce = "optional",
            }
        );
        await using AspNetCoreApplication application = await Start(
            provider,
            options =>
            {
                options.UsePkce = false;
                options.TokenValidationParameters.ValidAlgorithms = ["RS256"];
            }
        );
        using WebBrowser browser = await provider.Registered();

        JsonElement claims = await browser.ReadJson(_origin + "/");
        Assert.NotEmpty(claims.GetProperty("sub").GetString()!);
        Assert.Equal("refreshed", (await browser.Read(_origin + "/refresh")).Text);
        Assert.Equal(
            $"{_origin}/bye",
            (await browser.Read(_origin + "/sign-out")).Address.AbsoluteUri
        );
    }

    [Fact]
    public async Task AddOpenIdConnect_refuses_a_code_that_another_browser_brings()
    {
        await using ProviderProcess provider = await ProviderProcess.Start(Shop);
        await using AspNetCoreApplication application = await Start(provider);
        using WebBrowser attacker = await provider.Registered();
        using WebBrowser victim = await provider.Registered();
        using HttpResponseMessage toProvider = await attacker.Navigate(new(_origin + "/"));
        using HttpResponseMessage toCallback = await attacker.Navigate(
            toProvider.Headers.Location!
        );
        Uri callback = toCallback.Headers.Location!;
        Assert.StartsWith(
            _origin + "/signin-oidc?code=",
            callback.AbsoluteUri,
            StringComparison.Ordinal
        );

        using HttpResponseMessage injected = await victim.Navigate(callback);

        Assert.Equal(HttpStatusCode.InternalServerError, injected.StatusCode);
        Assert.Empty(victim.CookiesOf("127.0.0.1"));
    }

    private Task<AspNetCoreApplication> Start(
        ProviderProcess provider,
        Action<OpenIdConnectOptions>? more = null
    ) => AspNetCoreApplication.Start(_origin, provider.Issuer, _secret, more);

    private Task<JsonElement> Tokens(WebBrowser browser) => browser.ReadJson(_origin + "/tokens");
}
