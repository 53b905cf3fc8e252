using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Api.Tokens;

namespace SessionAuth.Api.Tests.Tokens;

/// <summary>Refresh tokens with one thing wrong: they refresh nothing, and sign nobody out either.</summary>
public sealed class ForgedRefreshTests(KnownSecrets known) : IClassFixture<KnownSecrets>
{
    private const string Header = """{"alg":"HS256","typ":"rt+jwt"}""";

    [Fact(
        DisplayName = "S-11 A forged refresh token that is as ours in everything refreshes, and signs out"
    )]
    public async Task A_token_that_is_as_ours_in_everything_is_taken()
    {
        Assert.True(await Refreshes(Header, payload => payload));
        Assert.True(await SignsOut(Header, payload => payload));
    }

    [Theory(DisplayName = "S-08 A refresh token with another header than ours is as none")]
    [InlineData("""{"alg":"none","typ":"rt+jwt"}""")]
    [InlineData("""{"alg":"HS512","typ":"rt+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"RT+JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"rt+jwt","kid":""}""")]
    [InlineData("""{"typ":"rt+jwt","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256", "typ":"rt+jwt"}""")]
    [InlineData("""{"alg":"none","alg":"HS256","typ":"rt+jwt"}""")]
    public async Task Another_header_is_as_none(string header)
    {
        Assert.False(await Refreshes(header, payload => payload));
        Assert.False(await SignsOut(header, payload => payload));
    }

    [Theory(
        DisplayName = "S-10 A refresh token with a claim that is missing, wrong, mistyped, doubled or not ours is as none"
    )]
    [InlineData("iss", null)]
    [InlineData("iss", "\"evil\"")]
    [InlineData("aud", null)]
    [InlineData("aud", "\"session\"")]
    [InlineData("aud", "[\"refresh\",\"session\"]")]
    [InlineData("exp", null)]
    [InlineData("exp", "\"4102444800\"")]
    [InlineData("exp", "1e10")]
    [InlineData("exp", "99999999999999999999")]
    [InlineData("exp", "9999999999999")]
    [InlineData("iat", null)]
    [InlineData("iat", "-1")]
    [InlineData("gen", null)]
    [InlineData("gen", "0")]
    [InlineData("gen", "-1")]
    [InlineData("gen", "9223372036854775808")]
    [InlineData("sid", null)]
    [InlineData("sid", "\"AAAAAAAAAAAAAAAAAAAAAA\"")]
    [InlineData("sid", "null")]
    [InlineData("sub", "\"00000000000000000000000000000000\"")]
    [InlineData("admin", "true")]
    public async Task A_wrong_claim_is_as_none(string claim, string? json)
    {
        string Change(string payload)
        {
            JsonObject claims = JsonNode.Parse(payload)!.AsObject();
            claims.Remove(claim);
            string rest = claims.ToJsonString();
            return json is null ? rest : $"{rest[..^1]},\"{claim}\":{json}}}";
        }

        Assert.False(await Refreshes(Header, Change));
        Assert.False(await SignsOut(Header, Change));
    }

    [Theory(DisplayName = "S-10 A payload that is no plain JSON object is as none")]
    [InlineData("{0},")]
    [InlineData("[{0}]")]
    [InlineData("{0}{0}")]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_payload_that_is_none_is_as_none(string shape)
    {
        string Change(string payload) => shape.Replace("{0}", payload, StringComparison.Ordinal);

        Assert.False(await Refreshes(Header, Change));
        Assert.False(await SignsOut(Header, Change));
    }

    [Fact(DisplayName = "S-10 A claim that is there twice is as none")]
    public async Task A_doubled_claim_is_as_none()
    {
        static string Change(string payload) => $"{payload[..^1]},\"gen\":1}}";
        Assert.False(await Refreshes(Header, Change));
    }

    [Fact(DisplayName = "S-09 Each kind of token has a key of its own")]
    public async Task Each_kind_has_a_key_of_its_own()
    {
        Assert.False(await Refreshes(Header, payload => payload, key: "at+jwt"));
        Assert.False(await Refreshes(Header, payload => payload, key: "cookie"));
    }

    [Fact(DisplayName = "S-08 A token without a signature is as none")]
    public async Task A_token_without_a_signature_is_as_none()
    {
        using BrowserClient owner = await SignedIn();
        string[] parts = owner.RefreshToken!.Split('.');
        string none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"rt+jwt"}""");
        foreach (string token in new[] { $"{none}.{parts[1]}.", $"{parts[0]}.{parts[1]}." })
        {
            using BrowserClient attacker = known.Node.NewBrowser();
            attacker.RefreshToken = known.Forger.Sign("refreshToken", token);
            using HttpResponseMessage response = await attacker.Post("/refresh");
            await Problem.Is(response, HttpStatusCode.Unauthorized, "not-signed-in");
        }
    }

    private async Task<bool> Refreshes(
        string header,
        Func<string, string> change,
        string key = "rt+jwt"
    )
    {
        using BrowserClient owner = await SignedIn();
        using BrowserClient attacker = Forged(owner, header, change, key);
        using HttpResponseMessage response = await attacker.Post("/refresh");
        if (response.StatusCode != HttpStatusCode.NoContent)
            await Problem.Is(response, HttpStatusCode.Unauthorized, "not-signed-in");
        return response.IsSuccessStatusCode;
    }

    private async Task<bool> SignsOut(string header, Func<string, string> change)
    {
        using BrowserClient owner = await SignedIn();
        using BrowserClient attacker = Forged(owner, header, change, "rt+jwt");
        using HttpResponseMessage response = await attacker.Post("/logout");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return !await owner.IsSignedIn();
    }

    private BrowserClient Forged(
        BrowserClient owner,
        string header,
        Func<string, string> change,
        string key
    )
    {
        string payload = Base64UrlEncoder.Decode(owner.RefreshToken!.Split('.')[1]);
        string content =
            $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(change(payload))}";
        byte[] secret = new KeyRing([known.TokenSecret], key).Newest;
        byte[] bytes = Encoding.ASCII.GetBytes(content);
        byte[] mac = header.Contains("HS512", StringComparison.Ordinal)
            ? HMACSHA512.HashData(secret, bytes)
            : HMACSHA256.HashData(secret, bytes);
        BrowserClient attacker = known.Node.NewBrowser();
        attacker.RefreshToken = known.Forger.Sign(
            "refreshToken",
            $"{content}.{Base64UrlEncoder.Encode(mac)}"
        );
        return attacker;
    }

    private async Task<BrowserClient> SignedIn()
    {
        BrowserClient browser = known.Node.NewBrowser();
        using HttpResponseMessage response = await browser.Register(People.NewAddress());
        response.EnsureSuccessStatusCode();
        return browser;
    }
}
