using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>The authorization code flow, from the application's request to its tokens.</summary>
[Collection(ProviderTests.Name)]
public sealed class FlowTests(Provider provider)
{
    [Fact]
    public async Task Application_gets_tokens_for_a_signed_in_browser()
    {
        (BrowserClient browser, string _) = await provider.Node.NewUser();
        await browser.VerifyEmail();
        string session = await browser.SessionId();
        using ApplicationClient shop = provider.Client(provider.Shop);

        Dictionary<string, string> returned = await shop.Authorize(browser);
        Assert.Equal(shop.State, returned["state"]);
        Assert.Equal(provider.Node.Url + "/", returned["iss"]);
        TokenSet tokens = TokenSet.Of(
            await shop.Redeem(returned["code"]).Answered(HttpStatusCode.OK)
        );

        JsonElement access = tokens.AccessClaims;
        Assert.Equal("at+jwt", TokenSet.Part(tokens.Access, 0).GetProperty("typ").GetString());
        Assert.Equal("ES256", TokenSet.Part(tokens.Access, 0).GetProperty("alg").GetString());
        Assert.Equal("shop", access.GetProperty("aud").GetString());
        Assert.Equal("shop", access.GetProperty("client_id").GetString());
        Assert.Equal(session, access.GetProperty("sid").GetString());
        Assert.Equal("urn:sessionauth:acr:1fa", access.GetProperty("acr").GetString());
        Assert.Equal(["pwd"], Strings(access.GetProperty("amr")));
        Assert.Equal([], Strings(access.GetProperty("roles")));
        Assert.InRange(tokens.ExpiresIn, 290, 300);
        JsonElement identity = tokens.IdentityClaims;
        Assert.Equal(provider.Node.Url + "/", identity.GetProperty("iss").GetString());
        Assert.Equal(shop.Nonce, identity.GetProperty("nonce").GetString());
        Assert.Equal("shop", identity.GetProperty("aud").GetString());
        Assert.Equal(
            access.GetProperty("sub").GetString(),
            identity.GetProperty("sub").GetString()
        );
        Assert.True(identity.GetProperty("email_verified").GetBoolean());
        Assert.DoesNotContain(
            access.EnumerateObject().Concat(identity.EnumerateObject()),
            claim => claim.Name.StartsWith("oi_", StringComparison.Ordinal)
        );
        Assert.True(await shop.IsActive(tokens.Access));
        Assert.NotNull(tokens.Refresh);
        Assert.Null(tokens.Session);
    }

    private static IEnumerable<string?> Strings(JsonElement array) =>
        array.EnumerateArray().Select(element => element.GetString());
}
