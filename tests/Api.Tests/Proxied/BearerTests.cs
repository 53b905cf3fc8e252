using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SessionAuth.Api.Tests.Proxied;

/// <summary>Requests to an application that bring an access token instead of its cookie, or beside it.</summary>
[Collection(ProxiedNodeTests.Name)]
public sealed class BearerTests(ProxiedNode proxied)
{
    [Fact]
    public async Task Bearer_token_of_the_application_itself_does_not_keep_the_cookie_from_counting()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);

        using HttpResponseMessage answer = await shop.Ask(
            "/api",
            "GET",
            ("Authorization", "Bearer a-token-of-the-shop")
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact(
        DisplayName = "S-49 Cookie of an application is not taken as a bearer token, also once it is known"
    )]
    public async Task Cookie_of_an_application_is_not_taken_as_a_bearer_token()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        Assert.True(await shop.Passes());
        string cookie = shop.Cookie!;
        shop.AtApplication.Cookies.Clear();

        using HttpResponseMessage answer = await shop.Ask(
            "/api",
            "GET",
            ("Authorization", $"Bearer {cookie}")
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory(DisplayName = "S-57 Token that is not signed by a published key opens no application")]
    [InlineData("HS256")]
    [InlineData("none")]
    [InlineData("ES256")]
    public async Task Token_that_is_not_signed_by_a_published_key_opens_no_application(string how)
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        using HttpResponseMessage published = await shop.Pages.Get("/.well-known/jwks.json");
        string keys = await published.Content.ReadAsStringAsync();
        JsonElement key = JsonSerializer.Deserialize<JsonElement>(keys).GetProperty("keys")[0];
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SigningCredentials? credentials = how switch
        {
            "HS256" => new(
                new SymmetricSecurityKey(SHA256.HashData(Encoding.UTF8.GetBytes(keys)))
                {
                    KeyId = key.GetProperty("kid").GetString(),
                },
                SecurityAlgorithms.HmacSha256
            ),
            "ES256" => new(
                new ECDsaSecurityKey(own) { KeyId = key.GetProperty("kid").GetString() },
                SecurityAlgorithms.EcdsaSha256
            ),
            _ => null,
        };
        string forged = new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "at+jwt",
                Issuer = proxied.Node.Url + "/",
                Expires = DateTime.UtcNow.AddMinutes(5),
                Claims = new Dictionary<string, object>
                {
                    ["client_id"] = "shop",
                    ["sid"] = await shop.Pages.SessionId(),
                    ["gid"] = "AAAAAAAAAAAAAAAAAAAAAA",
                },
                SigningCredentials = credentials,
            }
        );
        shop.AtApplication.Cookies.Clear();

        using HttpResponseMessage answer = await shop.Ask(
            "/api",
            "GET",
            ("Authorization", $"Bearer {forged}")
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
