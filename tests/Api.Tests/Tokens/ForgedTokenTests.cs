using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Tokens;

/// <summary>Access tokens with one fault each, in cookies whose signature is valid: an attacker may know one of the two secrets.</summary>
public sealed class ForgedTokenTests(KnownSecrets known) : IClassFixture<KnownSecrets>
{
    private const string Access = "accessToken";
    private const string Refresh = "refreshToken";

    [Fact(
        DisplayName = "S-08 A forged access token without a fault is accepted, so that the other tests fail for the fault alone"
    )]
    public async Task Forged_access_token_without_a_fault_is_accepted()
    {
        Assert.True(await IsTaken((_, _) => { }));
    }

    public static TheoryData<string, string> Headers =>
        new()
        {
            { "alg none", """{"alg":"none","typ":"at+jwt"}""" },
            { "alg HS384", """{"alg":"HS384","typ":"at+jwt"}""" },
            { "alg RS256", """{"alg":"RS256","typ":"at+jwt"}""" },
            { "JWE", """{"alg":"dir","enc":"A256GCM","typ":"at+jwt"}""" },
            { "kid", """{"alg":"HS256","typ":"at+jwt","kid":"1"}""" },
            { "jwk", """{"alg":"HS256","typ":"at+jwt","jwk":{"kty":"oct","k":"AAAA"}}""" },
            { "jku", """{"alg":"HS256","typ":"at+jwt","jku":"http://127.0.0.1:9/keys"}""" },
            { "x5u", """{"alg":"HS256","typ":"at+jwt","x5u":"http://127.0.0.1:9/keys"}""" },
            { "crit", """{"alg":"HS256","typ":"at+jwt","crit":["exp"]}""" },
            { "b64", """{"alg":"HS256","typ":"at+jwt","b64":false}""" },
            { "no typ", """{"alg":"HS256"}""" },
            { "typ JWT", """{"alg":"HS256","typ":"JWT"}""" },
            { "typ of a refresh token", """{"alg":"HS256","typ":"rt+jwt"}""" },
        };

    [Theory(DisplayName = "S-08 An access token with another header is refused unread")]
    [MemberData(nameof(Headers))]
    public async Task Access_token_with_another_header_is_refused(string what, string header)
    {
        bool taken = await IsTaken(
            (old, _) =>
            {
                old.Clear();
                foreach ((string name, JsonNode? value) in JsonNode.Parse(header)!.AsObject())
                    old[name] = value?.DeepClone();
            }
        );
        Assert.False(taken, what);
    }

    public static TheoryData<string, string?> Claims =>
        new()
        {
            { "iss", null },
            { "iss", "\"evil\"" },
            { "iss", "1" },
            { "iss", "[\"localhost\"]" },
            { "aud", null },
            { "aud", "\"refresh\"" },
            { "aud", "\"evil\"" },
            { "aud", "7" },
            { "exp", null },
            { "exp", "1" },
            { "exp", "\"never\"" },
            { "exp", "true" },
            { "exp", "-1" },
            { "iat", null },
            { "iat", "\"now\"" },
            { "iat", "4102444800" },
            { "iat", "{}" },
            { "sub", null },
            { "sub", "\"00000000000000000000000000000000\"" },
            { "sub", "1" },
            { "sid", null },
            { "sid", "\"AAAAAAAAAAAAAAAAAAAAAA\"" },
            { "sid", "\"../../etc/passwd\"" },
            { "sid", "[]" },
            { "gen", null },
            { "gen", "\"1\"" },
            { "gen", "0" },
            { "gen", "1.5" },
        };

    [Theory(
        DisplayName = "S-10 An access token with a missing, wrong, expired or mistyped claim is refused"
    )]
    [MemberData(nameof(Claims))]
    public async Task Access_token_with_an_invalid_claim_is_refused(string claim, string? json)
    {
        bool taken = await IsTaken(
            (_, payload) =>
            {
                payload.Remove(claim);
                if (json is not null)
                    payload[claim] = JsonNode.Parse(json);
            }
        );
        Assert.False(taken);
    }

    [Fact(DisplayName = "S-10 Clocks may differ by 30 seconds at most")]
    public async Task Clock_difference_of_30_seconds_at_most_is_accepted()
    {
        long now = known.Node.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.True(await IsTaken((_, payload) => payload["iat"] = now + 20));
        Assert.False(await IsTaken((_, payload) => payload["iat"] = now + 40));
        Assert.False(await IsTaken((_, payload) => payload["exp"] = now - 1));
    }

    [Fact(DisplayName = "S-09 No token and no cookie value is accepted in place of the other kind")]
    public async Task Token_of_one_kind_is_not_accepted_as_the_other()
    {
        using BrowserClient browser = await SignedIn();
        (string access, string refresh) = (browser.AccessToken!, browser.RefreshToken!);

        using BrowserClient swapped = known.Node.NewBrowser();
        swapped.AccessToken = refresh;
        Assert.False(await swapped.IsSignedIn());
        swapped.AccessToken = null;
        swapped.RefreshToken = access;
        Assert.False(await swapped.IsSignedIn());

        // The cookie is signed for its name, so only the kind of the token can refuse it.
        swapped.Cookies.Clear();
        swapped.AccessToken = known.Forger.Sign(Access, Bare(refresh));
        Assert.False(await swapped.IsSignedIn());
        swapped.Cookies.Clear();
        swapped.RefreshToken = known.Forger.Sign(Refresh, Bare(access));
        Assert.False(await swapped.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-11 A cookie with a wrong signature has no effect at any call, sign-out included"
    )]
    public async Task Cookie_with_a_wrong_signature_has_no_effect()
    {
        using BrowserClient victim = await SignedIn();
        Forger otherForger = new(KnownSecrets.NewSecret(), known.TokenSecret);
        using BrowserClient attacker = known.Node.NewBrowser();
        attacker.AccessToken = otherForger.Sign(Access, Bare(victim.AccessToken!));
        attacker.RefreshToken = otherForger.Sign(Refresh, Bare(victim.RefreshToken!));

        Assert.False(await attacker.IsSignedIn());
        using HttpResponseMessage logout = await attacker.Post("/logout");

        Assert.Equal(System.Net.HttpStatusCode.NoContent, logout.StatusCode);
        Assert.True(await victim.IsSignedIn());
    }

    [Fact(DisplayName = "S-11 A cookie with any single character changed is refused")]
    public async Task Cookie_with_one_character_changed_is_refused()
    {
        using BrowserClient victim = await SignedIn();
        string valid = victim.AccessToken!;
        using BrowserClient attacker = known.Node.NewBrowser();
        for (int i = 0; i < valid.Length; i++)
        {
            attacker.AccessToken = $"{valid[..i]}{(valid[i] == 'A' ? 'B' : 'A')}{valid[(i + 1)..]}";
            Assert.False(await attacker.IsSignedIn(), $"changed at {i}");
        }

        attacker.AccessToken = valid;
        Assert.True(await attacker.IsSignedIn());
    }

    [Fact(DisplayName = "S-10 A token that names another user than its session's is refused")]
    public async Task Token_that_names_another_user_than_its_sessions_is_refused()
    {
        using BrowserClient another = await SignedIn();
        string user = (string)Forger.Open(another.AccessToken!).Payload["sub"]!;
        Assert.False(await IsTaken((_, payload) => payload["sub"] = user));
    }

    private async Task<bool> IsTaken(Action<JsonObject, JsonObject> change)
    {
        using BrowserClient owner = await SignedIn();
        (JsonObject header, JsonObject payload) = Forger.Open(owner.AccessToken!);
        change(header, payload);
        using BrowserClient attacker = known.Node.NewBrowser();
        attacker.AccessToken = known.Forger.Cookie(Access, "at+jwt", header, payload);
        return await attacker.IsSignedIn();
    }

    private async Task<BrowserClient> SignedIn()
    {
        BrowserClient browser = known.Node.NewBrowser();
        using HttpResponseMessage response = await browser.Register(People.NewEmail());
        response.EnsureSuccessStatusCode();
        return browser;
    }

    private static string Bare(string cookieValue) => cookieValue[..cookieValue.LastIndexOf('.')];
}
