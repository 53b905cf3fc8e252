using System.Net;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Cookies;

/// <summary>The claims of the tokens: each kind has its own.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class TokenClaimTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-07 S-09 Each kind of token has its own claims, and each claim name has one meaning"
    )]
    public async Task Each_kind_of_token_has_its_own_claims()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        string email = People.NewEmail();
        await browser.Register(email).Answered(HttpStatusCode.Created);
        await Authenticator.TurnOn(shared.Node, browser);
        using BrowserClient other = shared.Node.NewBrowser();
        await other.Login(email).Answered(HttpStatusCode.OK);

        Assert.Equal(["gen", "sid", "sub"], OwnClaims(browser.Cookies["accessToken"]));
        Assert.Equal(["gen", "sid"], OwnClaims(browser.Cookies["refreshToken"]));
        Assert.Equal(["device", "epoch", "sub"], OwnClaims(browser.Cookies["deviceToken"]));
        Assert.Equal(["jti", "persistent", "stamp", "sub"], OwnClaims(other.Cookies["loginToken"]));
    }

    private static IEnumerable<string> OwnClaims(string cookie)
    {
        JsonObject payload = Forger.Open(cookie).Payload;
        return payload.Select(claim => claim.Key).Except(["aud", "exp", "iat", "iss"]).Order();
    }
}
