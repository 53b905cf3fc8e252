using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Proxied;

/// <summary>What applications are told of the person who makes a request.</summary>
[Collection(ProxiedNodeTests.Name)]
public sealed class IdentityHeaderTests(ProxiedNode proxied)
{
    private static readonly string[] s_headers =
    [
        "Remote-User",
        "Remote-Email",
        "Remote-Name",
        "Remote-Groups",
        "X-SessionAuth-Assertion",
    ];

    [Fact(
        DisplayName = "S-47 Good answer has each identity header once, whatever the client has sent"
    )]
    public async Task Good_answer_has_each_identity_header_once()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        (string, string)[] forged =
        [
            .. s_headers.SelectMany(name => new[] { (name, "admin"), (name, "root") }),
        ];

        using HttpResponseMessage answer = await shop.Ask("/", "GET", forged);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        foreach (string name in s_headers)
        {
            string value = Assert.Single(answer.Headers.GetValues(name));
            Assert.DoesNotContain("admin", value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Application_is_told_the_user_id_and_no_email_that_is_not_verified()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        using ApplicationBrowser notes = new(proxied.Node, shop.Pages, ProxiedNode.Notes);
        await notes.SignIn();
        JsonElement me = await shop.Pages.Me();

        (string user, string email, _) = await Told(shop);
        (string userByEmail, _, _) = await Told(notes);

        Assert.Equal(me.GetProperty("userId").GetString(), user);
        Assert.Equal("", email);
        Assert.Equal("", userByEmail);
    }

    [Fact]
    public async Task Verified_email_is_told_within_a_minute()
    {
        string address = People.NewEmail();
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop, address);
        using ApplicationBrowser notes = new(proxied.Node, shop.Pages, ProxiedNode.Notes);
        await notes.SignIn();
        Assert.Equal("", (await Told(shop)).Email);
        await shop.Pages.VerifyEmail();
        await proxied.Advance(TimeSpan.FromMinutes(1));

        (_, string email, string assertion) = await Told(shop);
        (string userByEmail, _, _) = await Told(notes);

        Assert.Equal(address, email);
        Assert.Equal(address, userByEmail);
        JsonWebToken jwt = new(assertion);
        Assert.Equal(address, jwt.GetPayloadValue<string>("email"));
        Assert.True(jwt.GetPayloadValue<bool>("email_verified"));
    }

    [Fact(DisplayName = "S-57 Assertion is verified by the published keys alone, with ES256")]
    public async Task Assertion_is_verified_by_the_published_keys_alone()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        (string user, _, string assertion) = await Told(shop);
        using HttpResponseMessage published = await shop.Pages.Get("/.well-known/jwks.json");
        JsonWebKeySet keys = new(await published.Content.ReadAsStringAsync());

        TokenValidationResult result = await Verify(assertion, keys, "https://shop.example.com");
        TokenValidationResult elsewhere = await Verify(assertion, keys, "https://wiki.example.com");

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.False(elsewhere.IsValid);
        Assert.Equal("ES256", ((JsonWebToken)result.SecurityToken).Alg);
        Assert.Equal(user, result.Claims["sub"]);
        Assert.Equal(await shop.Pages.SessionId(), result.Claims["sid"]);
        Assert.Equal("urn:sessionauth:acr:1fa", result.Claims["acr"]);
        Assert.True(result.Claims.ContainsKey("auth_time"));
        Assert.False(result.Claims.ContainsKey("email"));
    }

    [Fact]
    public async Task Assertion_is_signed_once_in_half_of_its_life()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        (_, _, string first) = await Told(shop);
        (_, _, string again) = await Told(shop);
        await proxied.Advance(TimeSpan.FromSeconds(31));
        (_, _, string later) = await Told(shop);

        Assert.Equal(first, again);
        Assert.NotEqual(first, later);
    }

    [Fact]
    public async Task Session_token_of_an_older_proof_keeps_that_proof_after_a_step_up()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        long before = AuthTime((await Told(shop)).Assertion);
        using ApplicationBrowser thief = shop.Copy();
        await proxied.Advance(TimeSpan.FromMinutes(20));
        using HttpResponseMessage stepUp = await shop.Pages.Post(
            "/step-up",
            new { password = People.Password }
        );
        stepUp.EnsureSuccessStatusCode();

        long ofOld = AuthTime((await Told(thief)).Assertion);
        // The owner signs in there once more, without a question.
        using HttpResponseMessage asked = await shop.AtApplication.Get(
            "/.sessionauth/sign-in?return=%2F"
        );
        using HttpResponseMessage toCallback = await shop.Pages.Get(
            ApplicationBrowser.PathOf(asked)
        );
        using HttpResponseMessage done = await shop.AtApplication.Get(
            ApplicationBrowser.PathOf(toCallback)
        );
        long ofNew = AuthTime((await Told(shop)).Assertion);

        Assert.Equal(before, ofOld);
        Assert.True(ofNew >= before + 20 * 60);
        // It took the place of the old one.
        Assert.False(await thief.Passes());
    }

    private static async Task<(string User, string Email, string Assertion)> Told(
        ApplicationBrowser browser
    )
    {
        using HttpResponseMessage answer = await browser.Fetch();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (
            answer.Headers.GetValues("Remote-User").Single(),
            answer.Headers.GetValues("Remote-Email").Single(),
            answer.Headers.GetValues("X-SessionAuth-Assertion").Single()
        );
    }

    private static long AuthTime(string assertion) =>
        new JsonWebToken(assertion).GetPayloadValue<long>("auth_time");

    private Task<TokenValidationResult> Verify(
        string assertion,
        JsonWebKeySet keys,
        string audience
    ) =>
        new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(
            assertion,
            new()
            {
                IssuerSigningKeys = keys.GetSigningKeys(),
                ValidIssuer = proxied.Node.Url + "/",
                ValidAudience = audience,
                ValidAlgorithms = ["ES256"],
                ValidateLifetime = false,
            }
        );
}
