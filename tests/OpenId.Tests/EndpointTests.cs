using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Grains.Interfaces.Registry;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>What the provider says of itself, and how it takes requests.</summary>
[Collection(ProviderTests.Name)]
public sealed class EndpointTests(Provider provider)
{
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Discovery_says_what_the_provider_does_and_no_more(string path)
    {
        using ApplicationClient shop = provider.Client(provider.Shop);
        string url = provider.Node.Url;

        JsonElement document = await shop.Get(path).Answered(HttpStatusCode.OK);

        Dictionary<string, string> expected = new()
        {
            ["issuer"] = $"\"{url}/\"",
            ["authorization_endpoint"] = $"\"{url}/oauth/authorize\"",
            ["token_endpoint"] = $"\"{url}/oauth/token\"",
            ["introspection_endpoint"] = $"\"{url}/oauth/introspect\"",
            ["revocation_endpoint"] = $"\"{url}/oauth/revoke\"",
            ["userinfo_endpoint"] = $"\"{url}/oauth/userinfo\"",
            ["end_session_endpoint"] = $"\"{url}/oauth/logout\"",
            ["jwks_uri"] = $"\"{url}/.well-known/jwks.json\"",
            ["grant_types_supported"] = """["authorization_code","refresh_token"]""",
            ["response_types_supported"] = """["code"]""",
            ["response_modes_supported"] = """["query","fragment"]""",
            ["scopes_supported"] = """["openid","offline_access","profile","email","session"]""",
            ["claims_supported"] =
                """["iss","sub","aud","exp","iat","nonce","auth_time","acr","amr","email","email_verified","sid"]""",
            ["id_token_signing_alg_values_supported"] = """["ES256","RS256"]""",
            ["code_challenge_methods_supported"] = """["S256"]""",
            ["subject_types_supported"] = """["public"]""",
            ["prompt_values_supported"] = """["none","login"]""",
            ["acr_values_supported"] = """["urn:sessionauth:acr:1fa","urn:sessionauth:acr:2fa"]""",
            ["token_endpoint_auth_methods_supported"] =
                """["client_secret_basic","client_secret_post","none"]""",
            ["introspection_endpoint_auth_methods_supported"] =
                """["client_secret_basic","client_secret_post"]""",
            ["revocation_endpoint_auth_methods_supported"] =
                """["client_secret_basic","client_secret_post","none"]""",
            ["claims_parameter_supported"] = "false",
            ["request_parameter_supported"] = "false",
            ["request_uri_parameter_supported"] = "false",
            ["require_pushed_authorization_requests"] = "false",
            ["tls_client_certificate_bound_access_tokens"] = "false",
            ["authorization_response_iss_parameter_supported"] = "true",
        };
        Assert.Equal(
            expected.OrderBy(member => member.Key, StringComparer.Ordinal),
            document
                .EnumerateObject()
                .ToDictionary(member => member.Name, member => member.Value.GetRawText())
                .OrderBy(member => member.Key, StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Discovery_does_not_follow_the_host_header()
    {
        using BrowserClient browser = provider.Node.NewBrowser();
        browser.Host = "evil.example";

        await browser
            .Get("/.well-known/openid-configuration")
            .Refused(HttpStatusCode.BadRequest, "unknown-host");
    }

    [Fact]
    public async Task Form_posts_need_no_origin_and_look_at_no_cookie()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient spa = provider.Client(provider.Spa);
        string code = await spa.Code(browser);
        using HttpRequestMessage post = new(HttpMethod.Post, "/oauth/token")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "authorization_code",
                    ["client_id"] = "spa",
                    ["code"] = code,
                    ["redirect_uri"] = provider.Spa.RedirectUri,
                    ["code_verifier"] = spa.Verifier,
                }
            ),
        };
        browser.Origin = null;

        using HttpResponseMessage answer = await browser.Send(post);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/oauth/token")]
    [InlineData("/oauth/introspect")]
    [InlineData("/oauth/revoke")]
    [InlineData("/oauth/userinfo")]
    [InlineData("/oauth/authorize")]
    [InlineData("/oauth/logout")]
    public async Task Json_is_no_form(string path)
    {
        using BrowserClient browser = provider.Node.NewBrowser();

        await browser
            .Post(path, new { grant_type = "authorization_code" })
            .Refused(HttpStatusCode.UnsupportedMediaType, "not-form");
    }

    [Fact]
    public async Task Large_form_is_refused()
    {
        using BrowserClient browser = provider.Node.NewBrowser();
        using HttpRequestMessage post = new(HttpMethod.Post, "/oauth/token")
        {
            Content = new StringContent(
                new string('x', 65 * 1024),
                Encoding.UTF8,
                "application/x-www-form-urlencoded"
            ),
        };

        await browser.Send(post).Refused(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    public static TheoryData<string> Malicious =>
        [
            "",
            "&&&=&=x&x",
            "client_id=shop&client_id=shop&client_id=wiki",
            "client_id=%00&token=%00&code=%00&grant_type=%00",
            "client_id=%ff%fe&client_secret=%c0%80&state=%ed%a0%80",
            "client_id=../../etc/passwd&redirect_uri=%0d%0aSet-Cookie:%20a=b",
            "client_id=shop&response_type=code&redirect_uri=http://[::1&scope=openid",
            "client_id=shop&request_uri=urn:ietf:params:oauth:request_uri:x&response_type=code",
            "client_id=shop&request_uri=https://evil.example/&response_type=code",
            "client_id=shop&response_type=code%20token%20id_token&response_mode=form_post",
            "resume=%00&resume=x",
            "resume=" + new string('A', 4_000),
            "token=a.b.c&client_id=spa&token_type_hint=x",
            "token=" + new string('.', 3_000) + "&client_id=spa",
            "access_token=eyJhbGciOiJub25lIn0.e30.&client_id=spa",
            "grant_type=authorization_code&client_id=spa&code=A&code_verifier=A&redirect_uri=A",
            "grant_type=refresh_token&client_id=spa&refresh_token=%F0%9F%98%80",
            "grant_type=client_credentials&client_id=spa",
            "grant_type=password&username=a&password=b&client_id=spa",
            "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=a&client_id=spa",
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=a.b.c&client_id=spa",
            "client_assertion=a.b.c&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "id_token_hint=a.b.c&post_logout_redirect_uri=x",
            "id_token_hint=" + new string('x', 6_000),
            "client_id=shop&response_type=code&max_age=-1&redirect_uri=https%3A%2F%2Fshop.example.com%2Fcallback",
            "client_id=shop&response_type=code&max_age=99999999999999999999&redirect_uri=x",
            string.Join('&', Enumerable.Range(0, 1_500).Select(i => $"a{i}=")),
        ];

    [Theory(DisplayName = "S-50 No parameters cause an internal error")]
    [MemberData(nameof(Malicious))]
    public async Task No_parameters_cause_an_internal_error(string parameters)
    {
        using BrowserClient browser = await provider.SignedIn();
        foreach (
            string path in (string[])
                [
                    "/oauth/authorize",
                    "/oauth/token",
                    "/oauth/introspect",
                    "/oauth/revoke",
                    "/oauth/userinfo",
                    "/oauth/logout",
                    "/.well-known/openid-configuration",
                    "/.well-known/jwks.json",
                ]
        )
        {
            using HttpRequestMessage post = new(HttpMethod.Post, path)
            {
                Content = new StringContent(
                    parameters,
                    Encoding.UTF8,
                    "application/x-www-form-urlencoded"
                ),
            };
            post.Headers.TryAddWithoutValidation("Authorization", "Basic ////:");
            using HttpResponseMessage posted = await browser.Send(post);
            using HttpResponseMessage got = await browser.Get($"{path}?{parameters}");
            foreach (HttpResponseMessage answer in (HttpResponseMessage[])[posted, got])
            {
                string body = await answer.Content.ReadAsStringAsync();
                Assert.True((int)answer.StatusCode < 500, $"{path} {answer.StatusCode} {body}");
                Assert.Equal(
                    "nosniff",
                    answer.Headers.GetValues("X-Content-Type-Options").Single()
                );
                Assert.DoesNotContain("OpenIddict", body, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(
                    "evil.example",
                    answer.Headers.Location?.OriginalString ?? "",
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Theory]
    [InlineData("/oauth/token", "https://spa.example.com", true)]
    [InlineData("/oauth/userinfo", "https://spa.example.com", true)]
    [InlineData("/.well-known/openid-configuration", "https://spa.example.com", true)]
    [InlineData("/.well-known/jwks.json", "https://spa.example.com", true)]
    [InlineData("/oauth/token", "https://evil.example", false)]
    [InlineData("/oauth/token", "https://shop.example.com", false)]
    [InlineData("/oauth/introspect", "https://spa.example.com", false)]
    [InlineData("/oauth/revoke", "https://spa.example.com", false)]
    [InlineData("/oauth/authorize", "https://spa.example.com", false)]
    [InlineData("/me", "https://spa.example.com", false)]
    public async Task Origins_of_public_clients_may_call_what_they_need(
        string path,
        string origin,
        bool isAllowed
    )
    {
        using HttpClient http = new() { BaseAddress = new(provider.Node.Url) };
        using HttpRequestMessage preflight = new(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type,authorization");

        using HttpResponseMessage answer = await http.SendAsync(preflight);

        string? allowed = answer.Headers.TryGetValues(
            "Access-Control-Allow-Origin",
            out IEnumerable<string>? values
        )
            ? values.Single()
            : null;
        Assert.Equal(isAllowed ? origin : null, allowed == origin ? allowed : null);
        Assert.False(
            allowed == origin && answer.Headers.Contains("Access-Control-Allow-Credentials")
        );
    }

    [Fact]
    public void Framework_writes_no_key_file()
    {
        Assert.DoesNotContain(
            provider.Node.Services.GetServices<IHostedService>(),
            service => service.GetType().Name == "DataProtectionHostedService"
        );
    }

    [Fact(DisplayName = "S-66 No state, verifier, code, token or secret is in the log")]
    public async Task Nothing_of_a_flow_is_in_the_log()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string code = await shop.Code(browser);
        await shop.Redeem(code, ("code_verifier", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
            .Fails("invalid_grant");
        TokenSet tokens = TokenSet.Of(await shop.Redeem(code).Answered(HttpStatusCode.OK));
        await shop.Introspect(tokens.Access).Answered(HttpStatusCode.OK);

        string log = string.Join('\n', provider.Node.Log.Lines);

        foreach (
            string value in (string[])
                [
                    shop.State,
                    shop.Nonce,
                    shop.Verifier,
                    shop.Challenge,
                    code,
                    tokens.Access,
                    tokens.Identity!,
                    tokens.Refresh!,
                    provider.Shop.Secret!,
                ]
        )
            Assert.DoesNotContain(value, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_starts_without_the_registry_and_answers_503_until_it_is_there()
    {
        FaultyCalls faults = new()
        {
            Only = nameof(IRegistryGrain.Ask),
            IncludeSessionChecks = true,
        };
        faults.Throw = () => new TimeoutException();
        await using RunningNode node = await faults.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail()).Answered(HttpStatusCode.Created);
        Assert.True(await browser.IsSignedIn());

        await browser
            .Get("/.well-known/openid-configuration")
            .Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        string page = await browser
            .Get("/oauth/authorize?client_id=shop")
            .IsPage(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("Try again", page, StringComparison.Ordinal);

        faults.Throw = null;
        await Eventually.Holds(async () =>
        {
            using HttpResponseMessage answer = await browser.Get(
                "/.well-known/openid-configuration"
            );
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact(
        DisplayName = "S-53 A session that cannot be asked is answered 503, and its tokens are not called inactive"
    )]
    public async Task Outage_is_not_an_ended_session()
    {
        FaultyCalls faults = new() { IncludeSessionChecks = true };
        // Without leases: with one, a node may answer for a session that it cannot ask.
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["CHECK_LEASES"] = "off" },
            configure: services => services.AddSingleton<IIncomingGrainCallFilter>(faults)
        );
        TestApplication application = TestApplication.Confidential("shop");
        await Provider.Register(node, application);
        (BrowserClient browser, string _) = await node.NewUser();
        using ApplicationClient shop = new(node.Url, application);
        TokenSet tokens = await shop.SignIn(browser);
        string code = await shop.Code(browser);
        await Provider.Refresh(node);

        faults.Throw = () => new TimeoutException();

        await shop.Redeem(code).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        await shop.Introspect(tokens.Access)
            .Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        await shop.UserInfo(tokens.Access)
            .Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        await shop.Refresh(tokens.Refresh!)
            .Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        await browser.Get(shop.AuthorizePath()).IsPage(HttpStatusCode.ServiceUnavailable);
        faults.Throw = null;
        await Provider.Refresh(node);
        await shop.Redeem(code).Answered(HttpStatusCode.OK);
    }
}
