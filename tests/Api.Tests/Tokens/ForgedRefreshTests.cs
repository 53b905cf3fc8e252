using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Tests.Tokens;

/// <summary>Refresh tokens with one fault each: they neither refresh nor sign out.</summary>
public sealed class ForgedRefreshTests(KnownSecrets known) : IClassFixture<KnownSecrets>
{
    private const string Header = """{"alg":"HS256","typ":"rt+jwt"}""";

    [Fact(
        DisplayName = "S-11 A forged refresh token without a fault refreshes and signs out, so that the other tests fail for the fault alone"
    )]
    public async Task Forged_refresh_token_without_a_fault_is_accepted()
    {
        Assert.True(await Refreshes(Header, payload => payload));
        Assert.True(await SignsOut(Header, payload => payload));
    }

    [Theory(DisplayName = "S-08 A refresh token with another header is ignored")]
    [InlineData("""{"alg":"none","typ":"rt+jwt"}""")]
    [InlineData("""{"alg":"HS512","typ":"rt+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"RT+JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"rt+jwt","kid":""}""")]
    [InlineData("""{"typ":"rt+jwt","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256", "typ":"rt+jwt"}""")]
    [InlineData("""{"alg":"none","alg":"HS256","typ":"rt+jwt"}""")]
    public async Task Refresh_token_with_another_header_is_ignored(string header)
    {
        Assert.False(await Refreshes(header, payload => payload));
        Assert.False(await SignsOut(header, payload => payload));
    }

    [Theory(
        DisplayName = "S-10 A refresh token with a missing, wrong, mistyped, duplicate or unknown claim is ignored"
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
    public async Task Refresh_token_with_an_invalid_claim_is_ignored(string claim, string? json)
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

    [Theory(DisplayName = "S-10 A payload that is not a plain JSON object is ignored")]
    [InlineData("{0},")]
    [InlineData("[{0}]")]
    [InlineData("{0}{0}")]
    [InlineData("")]
    [InlineData("null")]
    public async Task Refresh_token_whose_payload_is_no_JSON_object_is_ignored(string shape)
    {
        string Change(string payload) => shape.Replace("{0}", payload, StringComparison.Ordinal);

        Assert.False(await Refreshes(Header, Change));
        Assert.False(await SignsOut(Header, Change));
    }

    [Fact(DisplayName = "S-10 A refresh token with a duplicate claim is ignored")]
    public async Task Refresh_token_with_a_duplicate_claim_is_ignored()
    {
        static string Change(string payload) => $"{payload[..^1]},\"gen\":1}}";
        Assert.False(await Refreshes(Header, Change));
    }

    [Fact(DisplayName = "S-09 A refresh token signed with the key of another kind is ignored")]
    public async Task Refresh_token_signed_with_the_key_of_another_kind_is_ignored()
    {
        Assert.False(await Refreshes(Header, payload => payload, key: "at+jwt"));
        Assert.False(await Refreshes(Header, payload => payload, key: "cookie"));
    }

    [Fact(DisplayName = "S-08 A refresh token without a signature is ignored")]
    public async Task Refresh_token_without_a_signature_is_ignored()
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
        using HttpResponseMessage response = await browser.Register(People.NewEmail());
        response.EnsureSuccessStatusCode();
        return browser;
    }
}
