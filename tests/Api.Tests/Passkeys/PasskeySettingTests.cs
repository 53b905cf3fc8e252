using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>Settings that allow passkeys, and settings that exclude them.</summary>
public sealed class PasskeySettingTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "localhost")]
    [InlineData("https://nodeauth.test", "other.test")]
    [InlineData("https://notnodeauth.test", "nodeauth.test")]
    [InlineData("https://nodeauth.test", "app.nodeauth.test")]
    public async Task Domain_that_browsers_allow_no_passkeys_for_is_answered_with_the_settings_to_change(
        string publicUrl,
        string rootDomain
    )
    {
        await using RunningNode node = await Start(publicUrl, rootDomain);
        using BrowserClient browser = Browser(node, publicUrl);
        await browser.Register(People.NewEmail());
        foreach (string path in new[] { PasskeyCalls.LoginOptions, PasskeyCalls.AddOptions })
        {
            using HttpResponseMessage options = await browser.Post(path);
            JsonElement problem = await Problem.Is(
                options,
                HttpStatusCode.Conflict,
                "passkeys-unavailable"
            );
            string title = problem.GetProperty("title").GetString()!;
            Assert.Contains("ROOT_DOMAIN", title, StringComparison.Ordinal);
            Assert.Contains("PUBLIC_URL", title, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://localhost:5080", "localhost", "localhost")]
    [InlineData("https://nodeauth.test", "nodeauth.test", "nodeauth.test")]
    [InlineData("https://sign-in.nodeauth.test", "NodeAuth.test", "nodeauth.test")]
    public async Task Passkeys_are_offered_at_the_root_domain_and_below_it(
        string publicUrl,
        string rootDomain,
        string relyingParty
    )
    {
        await using RunningNode node = await Start(publicUrl, rootDomain);
        using BrowserClient browser = Browser(node, publicUrl);
        (_, JsonElement options) = await browser.RequestOptions(PasskeyCalls.LoginOptions);
        Assert.Equal(relyingParty, options.GetProperty("rpId").GetString());
        Assert.Equal("required", options.GetProperty("userVerification").GetString());
    }

    [Fact]
    public async Task No_passkey_can_be_added_where_TWO_FACTOR_is_none()
    {
        await using RunningNode node = await PasskeyNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "none" }
        );
        using BrowserClient browser = PasskeyNode.Browser(node);
        await browser.Register(People.NewEmail());
        using HttpResponseMessage options = await browser.Post(PasskeyCalls.AddOptions);
        await Problem.Is(options, HttpStatusCode.Forbidden, "second-factors-off");
    }

    [Fact]
    public async Task Passkey_satisfies_two_factors_and_the_last_one_cannot_be_removed_where_TWO_FACTOR_is_all()
    {
        await using RunningNode node = await PasskeyNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "all" }
        );
        using BrowserClient browser = PasskeyNode.Browser(node);
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewEmail());
        using HttpResponseMessage before = await browser.Get("/test");
        await Problem.Is(before, HttpStatusCode.Forbidden, "second-factor-required");

        using HttpResponseMessage added = await browser.AddPasskey(authenticator);

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.True(await browser.IsSignedIn());
        using HttpResponseMessage login = await browser.LoginWith(authenticator);
        Assert.True(await browser.IsSignedIn());
        using HttpResponseMessage removed = await browser.Delete("/passkeys/" + authenticator.Id);
        await Problem.Is(removed, HttpStatusCode.Conflict, "second-factor-needed");
    }

    private static Task<RunningNode> Start(string publicUrl, string rootDomain) =>
        RunningNode.Start(
            new Dictionary<string, string>
            {
                ["PUBLIC_URL"] = publicUrl,
                ["ROOT_DOMAIN"] = rootDomain,
            }
        );

    private static BrowserClient Browser(RunningNode node, string publicUrl)
    {
        Uri url = new(publicUrl);
        BrowserClient browser = node.NewBrowser();
        browser.Host = url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}";
        browser.Origin = $"{url.Scheme}://{browser.Host}";
        return browser;
    }
}
