using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Domain.Keys;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Registry;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>What operators do: names of their own behind a proxy, and new keys on a running node.</summary>
public sealed class DeploymentTests
{
    [Fact]
    public async Task Provider_is_at_the_origin_of_the_api_behind_a_proxy_that_terminates_TLS()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["PUBLIC_URL"] = "https://auth.example.org",
                ["API_URL"] = "https://api.example.org",
                ["ROOT_DOMAIN"] = "example.org",
            }
        );
        TestApplication application = TestApplication.Confidential("shop");
        await Provider.Register(node, application);
        using BrowserClient browser = node.NewBrowser();
        browser.Origin = "https://auth.example.org";
        browser.Host = "api.example.org";
        using ApplicationClient shop = new(node.Url, application);

        JsonElement document = await browser
            .Get("/.well-known/openid-configuration")
            .Answered(HttpStatusCode.OK);
        Assert.Equal("https://api.example.org/", document.GetProperty("issuer").GetString());
        Assert.Equal(
            "https://api.example.org/oauth/token",
            document.GetProperty("token_endpoint").GetString()
        );
        await browser.Register(People.NewEmail()).Answered(HttpStatusCode.Created);
        Dictionary<string, string> returned = await shop.Authorize(browser);
        Assert.Equal("https://api.example.org/", returned["iss"]);
        Assert.Contains("code", returned);

        using BrowserClient nobody = node.NewBrowser();
        nobody.Host = "api.example.org";
        using HttpResponseMessage signIn = await nobody.Get(shop.AuthorizePath());
        Assert.StartsWith(
            "https://auth.example.org/login?return=",
            signIn.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
        browser.Host = "auth.example.org";
        using HttpResponseMessage atPages = await browser.Get("/.well-known/openid-configuration");
        Assert.Equal(HttpStatusCode.NotFound, atPages.StatusCode);
    }

    [Fact(
        DisplayName = "S-55 Keys change on a running node, and what was issued before stays good until its key is removed"
    )]
    public async Task Keys_change_on_a_running_node()
    {
        await using RunningNode node = await RunningNode.Start();
        TestApplication application = TestApplication.Confidential("shop");
        await Provider.Register(node, application);
        IRegistryGrain registry = node.Services.GetRequiredService<IGrainFactory>().Registry();
        (BrowserClient browser, string _) = await node.NewUser();
        using ApplicationClient shop = new(node.Url, application);
        TokenSet before = await shop.SignIn(browser);
        string code = await shop.Code(browser);
        string old = Kid(before);

        KeyId added = KeyId.New();
        await registry.AddKey(added, TimeSpan.FromHours(1));
        await Provider.Refresh(node);
        Assert.Equal([old, added.Value], await Published(shop));
        Assert.Equal(old, Kid(await shop.SignIn(browser)));

        node.Clock.Advance(TimeSpan.FromMinutes(61));
        await Provider.Refresh(node);
        TokenSet after = await shop.SignIn(browser);
        Assert.Equal(added.Value, Kid(after));
        Assert.True(await shop.IsActive(after.Access));
        await shop.Refresh(before.Refresh!).Answered(HttpStatusCode.OK);
        await IsVerifiedByTheKeySet(shop, before);
        await IsVerifiedByTheKeySet(shop, after);

        await registry.RemoveKey(KeyId.Parse(old));
        await Provider.Refresh(node);
        Assert.Equal([added.Value], await Published(shop));
        await shop.Refresh(before.Refresh!).Fails("invalid_grant");
        await shop.Redeem(code).Fails("invalid_grant");
        Assert.True(await shop.IsActive(after.Access));
    }

    private static string Kid(TokenSet tokens) =>
        TokenSet.Part(tokens.Access, 0).GetProperty("kid").GetString()!;

    private static async Task<IEnumerable<string>> Published(ApplicationClient client) =>
        (await KeySet(client)).Keys.Select(key => key.Kid);

    private static async Task<JsonWebKeySet> KeySet(ApplicationClient client)
    {
        using HttpResponseMessage answer = await client.Get("/.well-known/jwks.json");
        return new(await answer.Content.ReadAsStringAsync());
    }

    private static async Task IsVerifiedByTheKeySet(ApplicationClient client, TokenSet tokens)
    {
        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(
            tokens.Identity,
            new()
            {
                IssuerSigningKeys = (await KeySet(client)).GetSigningKeys(),
                ValidateIssuer = false,
                ValidAudience = "shop",
                ValidateLifetime = false,
            }
        );
        Assert.True(result.IsValid, result.Exception?.Message);
    }
}
