using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Tests.Proxied.RealProxies;
using SessionAuth.Domain.Applications;
using SessionAuth.OpenId.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>
/// <c>AddJwtBearer</c> verifies what a node as people run it has signed, from its published keys alone.
/// </summary>
public sealed class JwtBearerTests : IAsyncLifetime, IDisposable
{
    private const string Callback = "https://shop.example.com/callback";

    private readonly string _secret = TestApplication.NewSecret();
    private readonly string _proxied = $"http://127.0.0.1:{FreePort.Next()}";
    private readonly HttpClient _http = new();
    private ProviderProcess _provider = null!;
    private ResourceServer _server = null!;
    private WebBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _provider = await ProviderProcess.Start(
            RegisteredApplication.Confidential("shop", _secret, Callback, Callback),
            RegisteredApplication.Confidential("wiki", _secret, Callback, Callback),
            new("intranet", "proxied") { Origins = [_proxied] }
        );
        _server = await ResourceServer.Start(_provider.Issuer, "shop", _proxied);
        _browser = await _provider.Registered();
    }

    [Fact]
    public async Task JwtBearer_takes_an_access_token()
    {
        TokenSet tokens = await SignIn("shop");

        (HttpStatusCode status, string sub) = await Call(
            ResourceServer.AccessTokens,
            tokens.Access
        );

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(tokens.AccessClaims.GetProperty("sub").GetString(), sub);
    }

    [Fact]
    public async Task JwtBearer_refuses_an_identity_token_and_a_token_for_another_application()
    {
        TokenSet tokens = await SignIn("shop");
        TokenSet others = await SignIn("wiki");

        foreach (string token in (string[])[tokens.Identity!, others.Access, others.Identity!])
            await IsRefused(ResourceServer.AccessTokens, token);
        await IsRefused(ResourceServer.Assertions, tokens.Access);
    }

    [Fact]
    public async Task JwtBearer_refuses_tokens_that_are_signed_with_the_published_keys_as_a_secret()
    {
        string genuine = (await SignIn("shop")).Access;
        string keySet = await _http.GetStringAsync(
            new Uri(_provider.Issuer + ".well-known/jwks.json")
        );
        JsonElement key = JsonSerializer
            .Deserialize<JsonElement>(keySet)
            .GetProperty("keys")
            .EnumerateArray()
            .First(key => key.GetProperty("kty").GetString() == "EC");
        byte[][] secrets =
        [
            Encoding.UTF8.GetBytes(keySet),
            Encoding.UTF8.GetBytes(key.GetRawText()),
            Base64UrlEncoder.DecodeBytes(key.GetProperty("x").GetString()),
        ];

        foreach (byte[] secret in secrets)
            await IsRefused(ResourceServer.AccessTokens, SignAgain(genuine, secret));
        Assert.Equal(HttpStatusCode.OK, (await Call(ResourceServer.AccessTokens, genuine)).Status);
    }

    [Fact]
    public async Task JwtBearer_takes_the_assertion_that_the_proxy_passes_on()
    {
        string assertion = await Assertion();

        (HttpStatusCode status, string sub) = await Call(ResourceServer.Assertions, assertion);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(TokenSet.Part(assertion, 1).GetProperty("sub").GetString(), sub);
        await IsRefused(ResourceServer.AccessTokens, assertion);
        await IsRefused(ResourceServer.Assertions, SignAgain(assertion, new byte[32]));
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        _browser?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_provider is not null)
            await _provider.DisposeAsync();
    }

    // The same claims and key id, with a signature by a shared secret.
    private static string SignAgain(string genuine, byte[] secret)
    {
        JsonWebToken token = new(genuine);
        SymmetricSecurityKey key = new(secret) { KeyId = token.Kid };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            Base64UrlEncoder.Decode(token.EncodedPayload),
            new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            new Dictionary<string, object> { ["typ"] = token.Typ }
        );
    }

    private async Task IsRefused(string scheme, string token)
    {
        (HttpStatusCode status, string answer) = await Call(scheme, token);
        Assert.True(status == HttpStatusCode.Unauthorized, $"{scheme}: {token}: {status} {answer}");
    }

    private async Task<(HttpStatusCode Status, string Text)> Call(string scheme, string token)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"{_server.Origin}/{scheme}");
        if (scheme == ResourceServer.Assertions)
            request.Headers.Add(ResourceServer.AssertionHeader, token);
        else
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<TokenSet> SignIn(string id)
    {
        using ApplicationClient client = new(
            _provider.Issuer,
            new(id, ApplicationKind.Confidential, Callback) { Secret = _secret }
        );
        using HttpResponseMessage answer = await _browser.Navigate(
            new(_provider.Issuer.TrimEnd('/') + client.AuthorizePath())
        );
        string code = client.Returned(answer)["code"];
        using HttpResponseMessage redeemed = await client.Redeem(code);
        return TokenSet.Of(await redeemed.Content.ReadFromJsonAsync<JsonElement>());
    }

    // What a real proxy passes on to the application.
    private async Task<string> Assertion()
    {
        string directory = Directory.CreateTempSubdirectory("caddy-").FullName;
        await using EchoApplication application = await EchoApplication.Start();
        string file = Path.Combine(directory, "Caddyfile");
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
            	admin off
            	auto_https off
            }
            import {{Path.Combine(Repository.Root, "deploy", "proxies", "Caddyfile")}}
            {{_proxied}} {
            	import sessionauth 127.0.0.1:{{application.Port}}
            }

            """
        );
        await using RunningProgram caddy = RunningProgram.Start(
            "caddy",
            ["run", "--config", file],
            directory,
            new Dictionary<string, string>
            {
                ["SESSIONAUTH_NODES"] = new Uri(_provider.Issuer).Authority,
                ["XDG_DATA_HOME"] = directory,
                ["XDG_CONFIG_HOME"] = directory,
            }
        );
        await caddy.Serves(async () =>
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri(_proxied));
            return answer.StatusCode == HttpStatusCode.Unauthorized;
        });
        (_, string echoed) = await _browser.Read(_proxied + "/orders");
        Directory.Delete(directory, recursive: true);
        string line = echoed
            .Split('\n')
            .Single(line =>
                line.StartsWith(
                    ResourceServer.AssertionHeader + ": ",
                    StringComparison.OrdinalIgnoreCase
                )
            );
        return line.Split(": ")[1];
    }
}
