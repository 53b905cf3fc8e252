using System.Net;
using SessionAuth.Api.Tests.Running;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>Clients may name scopes when they refresh (RFC 6749 §6): never more than were granted.</summary>
[Collection(ProviderTests.Name)]
public sealed class RefreshScopeTests(Provider provider) : IDisposable
{
    private readonly ApplicationClient _shop = provider.Client(provider.Shop);

    [Fact]
    public async Task Refresh_may_name_the_scopes_that_were_asked_for_also_those_that_are_unknown()
    {
        const string Asked = "openid email address offline_access";
        using BrowserClient browser = await provider.SignedIn();
        TokenSet tokens = await _shop.SignIn(browser, ("scope", Asked));

        TokenSet refreshed = await Refresh(tokens, Asked);

        Assert.Equal("openid email offline_access", ScopeOf(refreshed));
        Assert.Equal("openid email offline_access", refreshed.Scope);
    }

    [Fact]
    public async Task Refresh_with_fewer_scopes_gives_a_lesser_access_token_and_loses_nothing()
    {
        using BrowserClient browser = await provider.SignedIn();
        await browser.VerifyEmail();
        TokenSet tokens = await _shop.SignIn(browser);

        TokenSet lesser = await Refresh(tokens, "openid");
        Assert.Equal("openid", ScopeOf(lesser));
        Assert.False(lesser.IdentityClaims.TryGetProperty("email", out _));

        TokenSet again = await Refresh(lesser, null);
        Assert.Equal("openid email offline_access", ScopeOf(again));
        Assert.True(again.IdentityClaims.TryGetProperty("email", out _));
    }

    [Fact]
    public async Task Refresh_never_gives_more_than_was_granted()
    {
        using BrowserClient browser = await provider.SignedIn();
        await browser.VerifyEmail();
        TokenSet tokens = await _shop.SignIn(browser, ("scope", "openid offline_access"));

        TokenSet refreshed = await Refresh(tokens, "openid email session offline_access");

        Assert.Equal("openid offline_access", ScopeOf(refreshed));
        Assert.Null(refreshed.Session);
        Assert.False(refreshed.IdentityClaims.TryGetProperty("email", out _));
    }

    public void Dispose() => _shop.Dispose();

    private static string? ScopeOf(TokenSet tokens) =>
        tokens.AccessClaims.GetProperty("scope").GetString();

    private async Task<TokenSet> Refresh(TokenSet tokens, string? scope) =>
        TokenSet.Of(
            await _shop
                .Post(
                    "/oauth/token",
                    new()
                    {
                        ["grant_type"] = "refresh_token",
                        ["refresh_token"] = tokens.Refresh,
                        ["scope"] = scope,
                    }
                )
                .Answered(HttpStatusCode.OK)
        );
}
