using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Tests.Running;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>What each kind of token opens, and until when.</summary>
public sealed class TokenTests(Provider provider) : IClassFixture<Provider>
{
    [Fact(DisplayName = "S-73 Each kind of token is refused wherever another kind is asked for")]
    public async Task Token_is_refused_in_place_of_another_kind()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet tokens = await shop.SignIn(browser, ("scope", "openid offline_access session"));
        string code = await shop.Code(browser);

        foreach (
            string other in (string[])[tokens.Identity!, tokens.Refresh!, tokens.Session!, code]
        )
        {
            using HttpResponseMessage answer = await shop.UserInfo(other);
            Assert.True(
                HttpStatusCode.Unauthorized == answer.StatusCode,
                await answer.Content.ReadAsStringAsync()
            );
        }

        foreach (string other in (string[])[tokens.Identity!, tokens.Access, tokens.Session!, code])
            await shop.Refresh(other).Fails("invalid_grant");
        foreach (
            string other in (string[])
                [tokens.Identity!, tokens.Access, tokens.Session!, tokens.Refresh!]
        )
            await shop.Redeem(other).Fails("invalid_grant");
        Assert.False(await shop.IsActive(tokens.Session!));
        Assert.False(await shop.IsActive(code));
        Assert.False(await IsActive(shop, tokens.Identity!));
        await shop.Redeem(code).Answered(HttpStatusCode.OK);
    }

    [Fact(
        DisplayName = "S-49 What an application holds is no cookie, and nothing at another application"
    )]
    public async Task Session_token_is_good_for_its_application_alone()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        using ApplicationClient wiki = provider.Client(provider.Wiki);
        TokenSet tokens = await shop.SignIn(browser, ("scope", "openid offline_access session"));

        foreach (
            string value in (string[])
                [tokens.Access, tokens.Identity!, tokens.Refresh!, tokens.Session!]
        )
        {
            using BrowserClient thief = provider.Node.NewBrowser();
            thief.AccessToken = value;
            thief.RefreshToken = value;
            await thief.Get("/me").Refused(HttpStatusCode.Unauthorized, "not-signed-in");
            Assert.False(await IsActive(wiki, value));
        }

        await wiki.Refresh(tokens.Refresh!).Fails("invalid_grant");
        await wiki.Revoke(tokens.Access).Answered(HttpStatusCode.OK);
        Assert.True(await shop.IsActive(tokens.Access));
    }

    [Fact(
        DisplayName = "S-73 When the session ends, everything that applications hold ends with it"
    )]
    public async Task Everything_ends_with_the_session()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        using ApplicationClient spa = provider.Client(provider.Spa);
        TokenSet ofShop = await shop.SignIn(browser);
        TokenSet ofSpa = await spa.SignIn(browser);

        await browser.Post("/logout").Answered(HttpStatusCode.NoContent);

        Assert.False(await shop.IsActive(ofShop.Access));
        Assert.False(await shop.IsActive(ofShop.Refresh!));
        await shop.Refresh(ofShop.Refresh!).Fails("invalid_grant");
        await spa.Refresh(ofSpa.Refresh!).Fails("invalid_grant");
        using HttpResponseMessage userInfo = await spa.UserInfo(ofSpa.Access);
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
    }

    [Fact(DisplayName = "S-73 A refresh rotates, and a reuse ends the grant alone")]
    public async Task Reuse_of_a_refresh_token_ends_the_grant()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        using ApplicationClient wiki = provider.Client(provider.Wiki);
        TokenSet other = await wiki.SignIn(browser);
        TokenSet first = await shop.SignIn(browser);
        TokenSet second = TokenSet.Of(
            await shop.Refresh(first.Refresh!).Answered(HttpStatusCode.OK)
        );
        Assert.NotEqual(first.Refresh, second.Refresh);
        await provider.Advance(TimeSpan.FromMinutes(2));
        TokenSet third = TokenSet.Of(
            await shop.Refresh(second.Refresh!).Answered(HttpStatusCode.OK)
        );
        await provider.Advance(TimeSpan.FromSeconds(90));
        await shop.Refresh(first.Refresh!)
            .Refused(HttpStatusCode.ServiceUnavailable, "refresh-superseded");
        await provider.Advance(TimeSpan.FromMinutes(5));

        await shop.Refresh(first.Refresh!).Fails("invalid_grant");

        await shop.Refresh(third.Refresh!).Fails("invalid_grant");
        await wiki.Refresh(other.Refresh!).Answered(HttpStatusCode.OK);
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Lost_answer_of_a_refresh_can_be_repeated()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet first = await shop.SignIn(browser);
        await provider.Advance(TimeSpan.FromMinutes(5));
        await shop.Refresh(first.Refresh!).Answered(HttpStatusCode.OK);

        await provider.Advance(TimeSpan.FromMinutes(5));

        TokenSet again = TokenSet.Of(
            await shop.Refresh(first.Refresh!).Answered(HttpStatusCode.OK)
        );
        Assert.True(await shop.IsActive(again.Access));
    }

    [Fact]
    public async Task Revocation_ends_the_grant_and_not_the_session()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet one = await shop.SignIn(browser);
        TokenSet other = await shop.SignIn(browser);

        await shop.Revoke(one.Refresh!).Answered(HttpStatusCode.OK);
        await shop.Revoke(one.Refresh!).Answered(HttpStatusCode.OK);
        await shop.Revoke("nonsense").Answered(HttpStatusCode.OK);

        Assert.False(await shop.IsActive(one.Access));
        Assert.True(await shop.IsActive(other.Access));
        await shop.Revoke(other.Access).Answered(HttpStatusCode.OK);
        await shop.Refresh(other.Refresh!).Fails("invalid_grant");
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Access_token_expires_after_five_minutes()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet tokens = await shop.SignIn(browser);
        await provider.Advance(TimeSpan.FromSeconds(299));
        Assert.True(await shop.IsActive(tokens.Access));

        await provider.Advance(TimeSpan.FromSeconds(10));

        Assert.False(await shop.IsActive(tokens.Access));
    }

    [Fact]
    public async Task Introspection_tells_the_claims_as_they_are_typed_in_the_token()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet tokens = await shop.SignIn(browser);

        JsonElement answer = await shop.Introspect(tokens.Access).Answered(HttpStatusCode.OK);

        foreach (string claim in (string[])["sub", "sid", "acr", "amr", "auth_time", "exp", "iat"])
            Assert.Equal(
                tokens.AccessClaims.GetProperty(claim).GetRawText(),
                answer.GetProperty(claim).GetRawText()
            );
        Assert.Equal("openid email offline_access", answer.GetProperty("scope").GetString());
        Assert.DoesNotContain(
            answer.EnumerateObject(),
            member => member.Name.StartsWith("oi_", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Introspection_is_for_confidential_clients_and_their_own_tokens()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        using ApplicationClient wiki = provider.Client(provider.Wiki);
        using ApplicationClient spa = provider.Client(provider.Spa);
        TokenSet ofShop = await shop.SignIn(browser);
        TokenSet ofSpa = await spa.SignIn(browser);

        Assert.False(await wiki.IsActive(ofShop.Access));
        Assert.False(await spa.IsActive(ofSpa.Access));
        Assert.False(await shop.IsActive(ofSpa.Access));
    }

    [Fact]
    public async Task Email_is_told_only_once_it_is_verified_and_only_where_it_is_asked_for()
    {
        (BrowserClient browser, string email) = await provider.Node.NewUser();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet before = await shop.SignIn(browser);
        Assert.False(before.IdentityClaims.TryGetProperty("email", out _));
        Assert.False((await UserInfo(shop, before)).TryGetProperty("email", out _));

        await browser.VerifyEmail();

        Assert.Equal(email, (await UserInfo(shop, before)).GetProperty("email").GetString());
        TokenSet without = await shop.SignIn(browser, ("scope", "openid"));
        Assert.False(without.IdentityClaims.TryGetProperty("email", out _));
        Assert.False((await UserInfo(shop, without)).TryGetProperty("email", out _));
        TokenSet with = await shop.SignIn(browser);
        Assert.Equal(email, with.IdentityClaims.GetProperty("email").GetString());
        Assert.True(with.IdentityClaims.GetProperty("email_verified").GetBoolean());
    }

    [Fact]
    public async Task Scopes_that_are_unknown_or_not_the_applications_are_left_out()
    {
        await using RunningNode node = await RunningNode.Start();
        TestApplication application = TestApplication.Confidential("shop") with
        {
            Scopes = ["openid", "email"],
        };
        await Provider.Register(node, application);
        (BrowserClient browser, string _) = await node.NewUser();
        using ApplicationClient shop = new(node.Url, application);

        TokenSet tokens = await shop.SignIn(
            browser,
            ("scope", "openid address phone offline_access session email")
        );

        Assert.Equal(["email", "openid"], tokens.Scope.Split(' ').Order(StringComparer.Ordinal));
        Assert.Null(tokens.Refresh);
        Assert.Null(tokens.Session);
    }

    [Fact(
        DisplayName = "S-57 Identity tokens are signed with RS256 where the application asks for it, access tokens never"
    )]
    public async Task Identity_token_is_signed_as_the_application_asks()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient legacy = provider.Client(provider.Legacy);
        JsonWebKeySet keys = await Keys(legacy);

        TokenSet tokens = await legacy.SignIn(browser);

        Assert.Equal("RS256", TokenSet.Part(tokens.Identity!, 0).GetProperty("alg").GetString());
        Assert.Equal("ES256", TokenSet.Part(tokens.Access, 0).GetProperty("alg").GetString());
        foreach (string token in (string[])[tokens.Identity!, tokens.Access])
        {
            TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(
                token,
                new()
                {
                    IssuerSigningKeys = keys.GetSigningKeys(),
                    ValidIssuer = provider.Node.Url + "/",
                    ValidAudience = "legacy",
                    ValidateLifetime = false,
                }
            );
            Assert.True(result.IsValid, result.Exception?.Message);
        }
    }

    [Fact(DisplayName = "S-57 The key set has public parts alone")]
    public async Task Key_set_has_public_parts_alone()
    {
        using ApplicationClient shop = provider.Client(provider.Shop);

        JsonElement keys = (
            await shop.Get("/.well-known/jwks.json").Answered(HttpStatusCode.OK)
        ).GetProperty("keys");

        Assert.Equal(2, keys.GetArrayLength());
        foreach (JsonElement key in keys.EnumerateArray())
        {
            string[] members = [.. key.EnumerateObject().Select(member => member.Name)];
            Assert.Empty(members.Intersect(["d", "p", "q", "dp", "dq", "qi", "k"]));
            Assert.Equal("sig", key.GetProperty("use").GetString());
            Assert.Contains("kid", members);
            Assert.Contains(key.GetProperty("alg").GetString(), (string[])["ES256", "RS256"]);
        }
    }

    [Theory(
        DisplayName = "S-57 A token that is signed with a published key as a secret, or not at all, is refused"
    )]
    [InlineData("HS256")]
    [InlineData("none")]
    public async Task Forged_token_is_refused(string algorithm)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet tokens = await shop.SignIn(browser);
        JsonWebKeySet keys = await Keys(shop);
        string keySet = await (
            await shop.Get("/.well-known/jwks.json")
        ).Content.ReadAsStringAsync();

        foreach (JsonWebKey key in keys.Keys)
        {
            string header = Base64Url.EncodeToString(
                Encoding.UTF8.GetBytes(
                    $$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{key.Kid}}"}"""
                )
            );
            string signed = $"{header}.{tokens.Access.Split('.')[1]}";
            foreach (string secret in (string[])[key.X ?? key.N, key.Kid, keySet])
            {
                string signature =
                    algorithm == "none"
                        ? ""
                        : Base64Url.EncodeToString(
                            HMACSHA256.HashData(
                                Encoding.UTF8.GetBytes(secret),
                                Encoding.UTF8.GetBytes(signed)
                            )
                        );
                string forged = $"{signed}.{signature}";
                using HttpResponseMessage answer = await shop.UserInfo(forged);
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                Assert.False(await shop.IsActive(forged));
            }
        }

        Assert.True(await shop.IsActive(tokens.Access));
    }

    private static async Task<JsonElement> UserInfo(ApplicationClient client, TokenSet tokens) =>
        await client.UserInfo(tokens.Access).Answered(HttpStatusCode.OK);

    private static async Task<JsonWebKeySet> Keys(ApplicationClient client) =>
        new(await (await client.Get("/.well-known/jwks.json")).Content.ReadAsStringAsync());

    // An identity token may be refused as a kind of token that cannot be introspected.
    private static async Task<bool> IsActive(ApplicationClient client, string token)
    {
        using HttpResponseMessage answer = await client.Introspect(token);
        return answer.StatusCode == HttpStatusCode.OK
            && JsonSerializer
                .Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync())
                .GetProperty("active")
                .GetBoolean();
    }
}
