using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Domain.Tests.Registry;

/// <summary>Which entries of applications are refused, and what is said of them.</summary>
public sealed class ApplicationRulesTests
{
    private const string Hash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    private const string OtherHash = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";

    private static readonly Application s_proxied = new()
    {
        Id = ClientId.Parse("shop"),
        Name = "Shop",
        Kind = ApplicationKind.Proxied,
        Origins = ["https://shop.example.com"],
    };

    private static readonly Application s_confidential = new()
    {
        Id = ClientId.Parse("wiki"),
        Name = "Wiki",
        Kind = ApplicationKind.Confidential,
        RedirectUris = ["https://wiki.example.com/callback"],
        SecretHashes = [Hash],
        Scopes = ["openid", "profile", "email", "offline_access", "session"],
    };

    private static readonly Application s_public = new()
    {
        Id = ClientId.Parse("phone"),
        Name = "Phone",
        Kind = ApplicationKind.Public,
        Origins = ["https://app.example.com"],
        RedirectUris = ["com.example.app:/callback", "http://127.0.0.1/callback"],
    };

    public static TheoryData<string, Application> Valid =>
        new()
        {
            { "proxied", s_proxied },
            { "confidential", s_confidential },
            { "public", s_public },
            { "two secrets", s_confidential with { SecretHashes = [Hash, OtherHash] } },
            {
                "an old client",
                s_confidential with
                {
                    IdentityTokenAlgorithm = IdentityTokenAlgorithm.RS256,
                    PkceIsOptional = true,
                }
            },
            {
                "two ports of one host",
                s_proxied with
                {
                    Origins = ["https://shop.example.com", "https://shop.example.com:8443"],
                }
            },
            {
                "the longest values",
                s_confidential with
                {
                    Name = new('n', 100),
                    RedirectUris =
                    [
                        .. Enumerable
                            .Range(10, 20)
                            .Select(i => $"https://x.example.com/{i}".PadRight(512, 'x')),
                    ],
                    Audience = new('a', 512),
                    MaxAuthenticationAge = TimeSpan.FromSeconds(1),
                }
            },
        };

    public static TheoryData<string, Application, string> Invalid =>
        new()
        {
            { "without a name", s_proxied with { Name = " " }, "name" },
            { "a long name", s_proxied with { Name = new('n', 101) }, "name" },
            { "a name with a line break", s_proxied with { Name = "a\nb" }, "name" },
            { "proxied nowhere", s_proxied with { Origins = [] }, "origins" },
            { "an origin with a path", s_proxied with { Origins = ["x"] }, "origins" },
            {
                "proxied with a redirect address",
                s_proxied with
                {
                    RedirectUris = ["https://shop.example.com/"],
                },
                "redirectUris"
            },
            {
                "proxied with an address after sign-out",
                s_proxied with
                {
                    PostLogoutRedirectUris = ["https://shop.example.com/"],
                },
                "postLogoutRedirectUris"
            },
            { "proxied with a secret", s_proxied with { SecretHashes = [Hash] }, "secretHashes" },
            {
                "confidential without a secret",
                s_confidential with
                {
                    SecretHashes = [],
                },
                "secretHashes"
            },
            {
                "three secrets",
                s_confidential with
                {
                    SecretHashes = [Hash, OtherHash, Hash[..42] + "Y"],
                },
                "secretHashes"
            },
            {
                "one secret twice",
                s_confidential with
                {
                    SecretHashes = [Hash, Hash],
                },
                "secretHashes"
            },
            {
                "a secret in place of its hash",
                s_confidential with
                {
                    SecretHashes = ["correct horse battery staple"],
                },
                "secretHashes"
            },
            {
                "another text of a hash",
                s_confidential with
                {
                    SecretHashes = [Hash[..42] + "V"],
                },
                "secretHashes"
            },
            {
                "a hash with padding",
                s_confidential with
                {
                    SecretHashes = [Hash + "="],
                },
                "secretHashes"
            },
            { "public with a secret", s_public with { SecretHashes = [Hash] }, "secretHashes" },
            { "public without PKCE", s_public with { PkceIsOptional = true }, "pkce" },
            { "proxied without PKCE", s_proxied with { PkceIsOptional = true }, "pkce" },
            {
                "public with RS256",
                s_public with
                {
                    IdentityTokenAlgorithm = IdentityTokenAlgorithm.RS256,
                },
                "idTokenAlg"
            },
            { "an unknown scope", s_confidential with { Scopes = ["openid", "admin"] }, "scopes" },
            { "a scope twice", s_confidential with { Scopes = ["openid", "openid"] }, "scopes" },
            { "an empty audience", s_confidential with { Audience = "" }, "audience" },
            { "a long audience", s_confidential with { Audience = new('a', 513) }, "audience" },
            { "an audience of two words", s_confidential with { Audience = "a b" }, "audience" },
            {
                "no time to authenticate",
                s_confidential with
                {
                    MaxAuthenticationAge = TimeSpan.Zero,
                },
                "maxAuthenticationAge"
            },
            {
                "an address that is too long",
                s_confidential with
                {
                    RedirectUris = ["https://x.example.com/".PadRight(513, 'x')],
                },
                "redirectUris"
            },
            {
                "too many addresses",
                s_confidential with
                {
                    RedirectUris =
                    [
                        .. Enumerable.Range(0, 21).Select(i => $"https://x.example.com/{i}"),
                    ],
                },
                "redirectUris"
            },
            {
                "an address after sign-out with a fragment",
                s_confidential with
                {
                    PostLogoutRedirectUris = ["https://wiki.example.com/#bye"],
                },
                "postLogoutRedirectUris"
            },
        };

    [Theory]
    [MemberData(nameof(Valid))]
    public void Entry_that_keeps_the_rules_is_accepted(string what, Application application) =>
        Assert.True(Problems(application) is [], what);

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Entry_that_breaks_a_rule_is_refused_with_its_id_and_the_member(
        string what,
        Application application,
        string member
    )
    {
        ApplicationProblem problem = Assert.Single(Problems(application));

        Assert.True((application.Id, member) == (problem.Application, problem.Member), what);
        Assert.StartsWith($"{application.Id}: {member} must", problem.ToString());
    }

    [Theory]
    [InlineData("https://x.example.com")]
    [InlineData("https://x.example.com:8443/callback?a=b%20c")]
    [InlineData("http://localhost:5000/callback")]
    [InlineData("http://[::1]/callback")]
    public void Redirect_address_is_accepted(string address) =>
        Assert.Empty(Problems(s_confidential with { RedirectUris = [address] }));

    [Theory]
    [InlineData("/callback")]
    [InlineData("//x.example.com/callback")]
    [InlineData("https:/x.example.com/callback")]
    [InlineData("https:///callback")]
    [InlineData("https://")]
    [InlineData("HTTPS://x.example.com/")]
    [InlineData("https://x.example.com/#")]
    [InlineData("https://x.example.com/#a")]
    [InlineData("https://x.example.com\\@evil.example.org/")]
    [InlineData("https://x.example.com@evil.example.org/")]
    [InlineData("https://x.example.com/ b")]
    [InlineData(" https://x.example.com/")]
    [InlineData("https://x.example.com/\n")]
    [InlineData("https://bücher.example.com/")]
    [InlineData("http://x.example.com/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("com.example.app:/callback")]
    [InlineData("")]
    public void Redirect_address_is_refused(string address) =>
        Assert.Equal(
            "redirectUris",
            Assert.Single(Problems(s_confidential with { RedirectUris = [address] })).Member
        );

    [Theory]
    [InlineData("com.example.app:/callback", true)]
    [InlineData("com.example.app://callback", true)]
    [InlineData("com.example.app:callback", false)]
    [InlineData("app:/callback", false)]
    [InlineData("javascript:/x.y", false)]
    [InlineData("Com.Example.App:/callback", false)]
    public void Scheme_of_its_own_is_a_domain_name_in_reverse(string address, bool isAccepted) =>
        Assert.Equal(isAccepted, Problems(s_public with { RedirectUris = [address] }).Count == 0);

    [Fact]
    public void Two_entries_with_one_id_are_refused()
    {
        ApplicationProblem problem = Assert.Single(
            Problems(s_confidential, s_public with { Id = s_confidential.Id })
        );

        Assert.Equal((s_confidential.Id, "id"), (problem.Application!.Value, problem.Member));
    }

    [Fact]
    public void Two_proxied_applications_at_one_host_name_are_refused_whatever_the_port()
    {
        Application other = s_proxied with
        {
            Id = ClientId.Parse("other"),
            Origins = ["https://shop.example.com:8443"],
        };

        ApplicationProblem problem = Assert.Single(Problems(s_proxied, other));

        Assert.Equal((other.Id, "origins"), (problem.Application!.Value, problem.Member));
    }

    [Fact]
    public void Public_application_may_call_from_the_host_of_a_proxied_one() =>
        Assert.Empty(Problems(s_proxied, s_public with { Origins = s_proxied.Origins }));

    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    public void There_are_at_most_500_applications(int count, int problems) =>
        Assert.Equal(
            problems,
            Problems([
                .. Enumerable
                    .Range(0, count)
                    .Select(i => s_confidential with { Id = ClientId.Parse($"a{i}") }),
            ]).Count
        );

    private static IReadOnlyList<ApplicationProblem> Problems(params Application[] applications) =>
        ApplicationRules.Problems(applications, HostOf);

    // As origins are read elsewhere, but for their form.
    private static string? HostOf(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? address) ? address.Host : null;
}
