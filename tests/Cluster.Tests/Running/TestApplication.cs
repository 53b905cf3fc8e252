using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>An application that verifies tokens by the published keys alone.</summary>
public static class TestApplication
{
    private const string Id = "phone";
    private const string Redirect = "https://phone.example.com/callback";

    private static readonly string[] s_scopes = ["openid", "offline_access"];

    /// <summary>The file that registers it.</summary>
    public static string File =>
        JsonSerializer.Serialize(
            new
            {
                applications = new[]
                {
                    new
                    {
                        id = Id,
                        name = "Phone",
                        kind = "public",
                        redirectUris = new[] { Redirect },
                        scopes = s_scopes,
                    },
                },
            }
        );

    /// <summary>Gets tokens for the session of a browser: a code of one node, redeemed at another.</summary>
    public static async Task<Tokens> SignIn(Device browser, ClusterNode one, ClusterNode other)
    {
        string verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        string challenge = Base64Url.EncodeToString(
            SHA256.HashData(Encoding.ASCII.GetBytes(verifier))
        );
        using HttpResponseMessage authorized = await browser.Open(
            one,
            $"/oauth/authorize?client_id={Id}&response_type=code&redirect_uri={Uri.EscapeDataString(Redirect)}"
                + $"&scope=openid%20offline_access&state=s&nonce=n&code_challenge={challenge}&code_challenge_method=S256"
        );
        string location = authorized.Headers.Location?.OriginalString ?? "";
        Assert.Contains("code=", location, StringComparison.Ordinal);
        string code = location[(location.IndexOf("code=", StringComparison.Ordinal) + 5)..];

        (HttpStatusCode status, Tokens? tokens) = await Ask(
            other,
            new()
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code.Split('&')[0],
                ["redirect_uri"] = Redirect,
                ["code_verifier"] = verifier,
            }
        );
        Assert.Equal(HttpStatusCode.OK, status);
        return tokens!;
    }

    /// <summary>Uses a refresh token.</summary>
    public static Task<(HttpStatusCode Status, Tokens? Tokens)> Refresh(
        ClusterNode node,
        Tokens tokens
    ) =>
        Ask(
            node,
            new() { ["grant_type"] = "refresh_token", ["refresh_token"] = tokens.RefreshToken }
        );

    /// <summary>The ids of the keys that a node publishes; null when it may not say.</summary>
    public static async Task<string[]?> KeyIds(ClusterNode node) =>
        (await Keys(node))?.Select(key => (string)key!["kid"]!).ToArray();

    /// <summary>Whether a token is good by the keys that a node publishes; null when the node may not say.</summary>
    public static async Task<bool?> Verifies(ClusterNode node, Tokens tokens)
    {
        if (await Keys(node) is not { } keys)
            return null;

        string[] parts = tokens.AccessToken.Split('.');
        JsonNode header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        Assert.Equal("ES256", (string?)header["alg"]);
        if (
            keys.FirstOrDefault(key => (string?)key!["kid"] == (string?)header["kid"])
            is not { } found
        )
            return false;

        using ECDsa key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new()
                {
                    X = Base64Url.DecodeFromChars((string)found["x"]!),
                    Y = Base64Url.DecodeFromChars((string)found["y"]!),
                },
            }
        );
        return key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256
        );
    }

    private static async Task<JsonArray?> Keys(ClusterNode node)
    {
        using HttpResponseMessage answer = await node.Http.GetAsync("/.well-known/jwks.json");
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable
            ? null
            : JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["keys"]!.AsArray();
    }

    private static async Task<(HttpStatusCode, Tokens?)> Ask(
        ClusterNode node,
        Dictionary<string, string> form
    )
    {
        form["client_id"] = Id;
        using FormUrlEncodedContent content = new(form);
        using HttpResponseMessage answer = await node.Http.PostAsync("/oauth/token", content);
        if (answer.StatusCode != HttpStatusCode.OK)
            return (answer.StatusCode, null);

        JsonNode tokens = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (
            answer.StatusCode,
            new((string)tokens["access_token"]!, (string)tokens["refresh_token"]!)
        );
    }
}

/// <summary>What the application has of a session.</summary>
public sealed record Tokens(string AccessToken, string RefreshToken);
