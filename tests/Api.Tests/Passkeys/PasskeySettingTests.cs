using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>Where there can be passkeys, and where there are to be none.</summary>
public sealed class PasskeySettingTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "localhost")]
    [InlineData("https://nodeauth.test", "other.test")]
    [InlineData("https://notnodeauth.test", "nodeauth.test")]
    [InlineData("https://nodeauth.test", "app.nodeauth.test")]
    public async Task Where_browsers_make_none_for_the_domain_the_answer_says_what_to_set(
        string publicUrl,
        string rootDomain
    )
    {
        await using RunningNode node = await Start(publicUrl, rootDomain);
        using BrowserClient browser = Browser(node, publicUrl);
        await browser.Register(People.NewAddress());
        foreach (string path in new[] { PasskeyCalls.LoginOptions, PasskeyCalls.AddOptions })
        {
            using HttpResponseMessage asked = await browser.Post(path);
            JsonElement problem = await Problem.Is(
                asked,
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
    public async Task At_the_domain_or_below_it_there_are_passkeys(
        string publicUrl,
        string rootDomain,
        string relyingParty
    )
    {
        await using RunningNode node = await Start(publicUrl, rootDomain);
        using BrowserClient browser = Browser(node, publicUrl);
        (_, JsonElement options) = await browser.Ask(PasskeyCalls.LoginOptions);
        Assert.Equal(relyingParty, options.GetProperty("rpId").GetString());
        Assert.Equal("required", options.GetProperty("userVerification").GetString());
    }

    [Fact]
    public async Task Where_second_factors_are_off_none_can_be_added()
    {
        await using RunningNode node = await PasskeyNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "none" }
        );
        using BrowserClient browser = PasskeyNode.Browser(node);
        await browser.Register(People.NewAddress());
        using HttpResponseMessage asked = await browser.Post(PasskeyCalls.AddOptions);
        await Problem.Is(asked, HttpStatusCode.Forbidden, "second-factors-off");
    }

    [Fact]
    public async Task Where_two_factors_are_needed_a_passkey_is_both_and_the_last_one_stays()
    {
        await using RunningNode node = await PasskeyNode.Start(
            new Dictionary<string, string> { ["TWO_FACTOR"] = "all" }
        );
        using BrowserClient browser = PasskeyNode.Browser(node);
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewAddress());
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
