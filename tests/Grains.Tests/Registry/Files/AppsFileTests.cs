using System.Text;
using SessionAuth.Domain.Applications;
using SessionAuth.Registry.Files;

namespace SessionAuth.Grains.Tests.Registry.Files;

/// <summary>How the file of applications is read.</summary>
public sealed class AppsFileTests
{
    private const string Hash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    [Fact]
    public void Each_member_is_read()
    {
        Application wiki = Assert.Single(
            Read(
                $$"""
                {
                  "$schema": "apps.schema.json",
                  "applications": [
                    {
                      "id": "wiki",
                      "name": "Wiki",
                      "kind": "confidential",
                      "origins": ["https://wiki.example.com"],
                      "redirectUris": ["https://wiki.example.com/callback"],
                      "postLogoutRedirectUris": ["https://wiki.example.com/"],
                      "secretHashes": ["{{Hash}}"],
                      "scopes": ["openid", "session"],
                      "audience": "https://api.example.com",
                      "requiresSecondFactor": true,
                      "maxAuthenticationAge": "1.02:03:04",
                      "idTokenAlg": "RS256",
                      "pkce": "optional",
                      "signOut": "application",
                      "remoteUser": "email",
                      "passesPreflights": true
                    }
                  ]
                }
                """
            )
        );

        Assert.Equal("wiki", wiki.Id.Value);
        Assert.Equal("Wiki", wiki.Name);
        Assert.Equal(ApplicationKind.Confidential, wiki.Kind);
        Assert.Equal(["https://wiki.example.com"], wiki.Origins);
        Assert.Equal(["https://wiki.example.com/callback"], wiki.RedirectUris);
        Assert.Equal(["https://wiki.example.com/"], wiki.PostLogoutRedirectUris);
        Assert.Equal([Hash], wiki.SecretHashes);
        Assert.Equal(["openid", "session"], wiki.Scopes);
        Assert.Equal("https://api.example.com", wiki.Audience);
        Assert.True(wiki.RequiresSecondFactor);
        Assert.Equal(new TimeSpan(1, 2, 3, 4), wiki.MaxAuthenticationAge);
        Assert.Equal(IdentityTokenAlgorithm.RS256, wiki.IdentityTokenAlgorithm);
        Assert.True(wiki.PkceIsOptional);
        Assert.Equal(ApplicationSignOut.Application, wiki.SignOut);
        Assert.Equal(RemoteUserName.Email, wiki.RemoteUser);
        Assert.True(wiki.PassesPreflights);
    }

    [Fact]
    public void Members_that_are_left_out_have_their_defaults()
    {
        Application shop = Assert.Single(
            Read(
                """
                {"applications":[{"id":"shop","name":"Shop","kind":"proxied","origins":["https://shop.example.com"]}]}
                """
            )
        );

        Assert.Empty(shop.RedirectUris);
        Assert.Empty(shop.Scopes);
        Assert.Null(shop.Audience);
        Assert.Null(shop.MaxAuthenticationAge);
        Assert.Equal(IdentityTokenAlgorithm.ES256, shop.IdentityTokenAlgorithm);
        Assert.False(shop.PkceIsOptional);
        Assert.Equal(ApplicationSignOut.Session, shop.SignOut);
        Assert.Equal(RemoteUserName.Id, shop.RemoteUser);
        Assert.False(shop.PassesPreflights);
    }

    [Fact]
    public void File_may_have_a_byte_order_mark_and_no_applications() =>
        Assert.Empty(Read("\ufeff{\"applications\":[]}"));

    [Theory]
    [InlineData("", "Line 1")]
    [InlineData("null", "null")]
    [InlineData("[]", "Line 1")]
    [InlineData("{}", "Line 1")]
    [InlineData("{\"applications\":null}", "$.applications")]
    [InlineData("{\"applications\":[]} x", "Line 1")]
    [InlineData("{\"applications\":[],}", "Line 1")]
    [InlineData("{\"applications\":[], // later\n}", "Line 1")]
    [InlineData("{\"applications\":[],\"apps\":[]}", "$.apps")]
    [InlineData("{\"applications\":[],\n\"applications\":[]}", "Line 2, $.applications")]
    [InlineData("{\"applications\":[null]}", "$.applications[0]")]
    public void File_that_is_not_as_described_is_refused(string json, string expected) =>
        Assert.Contains(expected, Problem(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"id\":\"other\"", "Line 6, $.applications[0].id")]
    [InlineData("\"ID\":\"other\"", "Line 6, $.applications[0].ID")]
    [InlineData("\"secret\":\"x\"", "Line 6, $.applications[0].secret")]
    [InlineData("\"scopes\":\"openid\"", "Line 6, $.applications[0].scopes")]
    [InlineData("\"scopes\":[5]", "Line 6, $.applications[0].scopes[0]")]
    [InlineData("\"scopes\":[null]", "$.applications[0].scopes must not have null")]
    [InlineData("\"scopes\":null", "Line 6, $.applications[0].scopes")]
    [InlineData("\"passesPreflights\":\"true\"", "Line 6, $.applications[0].passesPreflights")]
    [InlineData("\"passesPreflights\":1", "Line 6, $.applications[0].passesPreflights")]
    [InlineData("\"pkce\":\"Required\"", "$.applications[0].pkce must be required or optional")]
    [InlineData("\"idTokenAlg\":\"HS256\"", "$.applications[0].idTokenAlg must be ES256 or RS256")]
    [InlineData("\"signOut\":\"\"", "$.applications[0].signOut must be session or application")]
    [InlineData("\"remoteUser\":\"0\"", "$.applications[0].remoteUser must be id or email")]
    [InlineData("\"maxAuthenticationAge\":\"15\"", "$.applications[0].maxAuthenticationAge must")]
    [InlineData("\"maxAuthenticationAge\":15", "Line 6, $.applications[0].maxAuthenticationAge")]
    [InlineData("\"scopes\":[\"admin\"]", "shop: scopes must be among")]
    public void Entry_that_is_not_as_described_is_refused_with_the_line_or_the_member(
        string member,
        string expected
    ) =>
        Assert.Contains(
            expected,
            Problem(
                $$"""
                {"applications":[
                {"id":"shop",
                "name":"Shop",
                "kind":"proxied",
                "origins":["https://shop.example.com"],
                {{member}}}]}
                """
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Shop", "proxied", "id must")]
    [InlineData("shop", "Proxied", "kind must be proxied or confidential or public")]
    public void Id_and_kind_are_compared_exactly(string id, string kind, string expected) =>
        Assert.Contains(
            expected,
            Problem($$"""{"applications":[{"id":"{{id}}","name":"Shop","kind":"{{kind}}"}]}"""),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("https://shop.example.com/")]
    [InlineData("https://shop.example.com:443")]
    [InlineData("https://SHOP.example.com")]
    [InlineData("http://shop.example.com")]
    [InlineData("https://shop.example.com/shop")]
    [InlineData("https://user@shop.example.com")]
    [InlineData("https://*.example.com")]
    [InlineData("null")]
    public void Origin_is_written_as_browsers_send_it(string origin) =>
        Assert.Contains(
            "shop: origins must",
            Problem(
                $$"""{"applications":[{"id":"shop","name":"Shop","kind":"proxied","origins":["{{origin}}"]}]}"""
            ),
            StringComparison.Ordinal
        );

    private static IReadOnlyList<Application> Read(string json)
    {
        (IReadOnlyList<Application>? applications, string? problem) = AppsFile.Parse(
            Encoding.UTF8.GetBytes(json)
        );
        Assert.Null(problem);
        return applications!;
    }

    private static string Problem(string json)
    {
        (IReadOnlyList<Application>? applications, string? problem) = AppsFile.Parse(
            Encoding.UTF8.GetBytes(json)
        );
        Assert.Null(applications);
        return problem!;
    }
}
