using SessionAuth.Domain.Applications.Proxied;

namespace SessionAuth.Domain.Tests.Applications;

/// <summary>What a request to a proxied application is for, and where a sign-in returns to.</summary>
public sealed class ProxiedRequestTests
{
    private static readonly ProxiedRequest s_get = new(
        "GET",
        "https://shop.example.com",
        "/orders?page=2"
    );

    [Theory]
    [InlineData("navigate", "document", ProxiedRequestKind.Document)]
    [InlineData("navigate", "iframe", ProxiedRequestKind.Frame)]
    [InlineData("navigate", "embed", ProxiedRequestKind.Frame)]
    [InlineData("navigate", null, ProxiedRequestKind.Frame)]
    [InlineData("cors", "empty", ProxiedRequestKind.Other)]
    [InlineData("no-cors", "image", ProxiedRequestKind.Other)]
    [InlineData("websocket", "websocket", ProxiedRequestKind.Other)]
    [InlineData(null, "document", ProxiedRequestKind.Other)]
    public void Browsers_say_what_a_request_is_for(
        string? mode,
        string? destination,
        ProxiedRequestKind kind
    ) =>
        Assert.Equal(
            kind,
            (
                s_get with
                {
                    FetchMode = mode,
                    FetchDestination = destination,
                    Accept = "text/html",
                }
            ).Kind
        );

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", ProxiedRequestKind.Document)]
    [InlineData("TEXT/HTML", ProxiedRequestKind.Document)]
    [InlineData("application/json", ProxiedRequestKind.Other)]
    [InlineData("*/*", ProxiedRequestKind.Other)]
    [InlineData(null, ProxiedRequestKind.Other)]
    public void Without_those_headers_what_it_accepts_decides(
        string? accept,
        ProxiedRequestKind kind
    ) => Assert.Equal(kind, (s_get with { Accept = accept }).Kind);

    [Theory]
    [InlineData("OPTIONS", true, ProxiedRequestKind.Preflight)]
    [InlineData("OPTIONS", false, ProxiedRequestKind.Other)]
    [InlineData("GET", true, ProxiedRequestKind.Other)]
    public void A_preflight_is_told_by_its_method_and_its_headers(
        string method,
        bool asks,
        ProxiedRequestKind kind
    ) => Assert.Equal(kind, (s_get with { Method = method, AsksForCors = asks }).Kind);

    [Fact]
    public void Sign_in_returns_to_what_was_asked_for() =>
        Assert.Equal("/orders?page=2", s_get.Return);

    [Theory]
    [InlineData("https://shop.example.com/cart?x=1", "/cart?x=1")]
    [InlineData("https://shop.example.com", "/")]
    [InlineData("https://shop.example.com.evil.org/cart", "/")]
    [InlineData("https://shop.example.com:8443/cart", "/")]
    [InlineData("https://evil.org/https://shop.example.com/cart", "/")]
    [InlineData("https://shop.example.com//evil.org", "/")]
    [InlineData(null, "/")]
    public void Sign_in_after_a_form_returns_to_its_page(string? referrer, string path) =>
        Assert.Equal(path, (s_get with { Method = "POST", Referrer = referrer }).Return);

    [Theory(DisplayName = "S-46 Sign-in returns to a path of the application alone")]
    [InlineData("//evil.org")]
    [InlineData("/\\evil.org")]
    [InlineData("\\/evil.org")]
    [InlineData("/a\\b")]
    [InlineData("https://evil.org")]
    [InlineData("https:evil.org")]
    [InlineData("javascript:alert(1)")]
    [InlineData("@evil.org")]
    [InlineData("/a\r\nSet-Cookie: b=c")]
    [InlineData("/a b")]
    [InlineData("/\tevil")]
    [InlineData("/ü")]
    [InlineData("")]
    [InlineData(null)]
    public void Sign_in_returns_to_a_path_of_the_application_alone(string? path) =>
        Assert.Equal("/", ProxiedRequest.ReturnPath(path));

    [Fact]
    public void Address_that_is_too_long_returns_to_the_start_page()
    {
        string longest = "/" + new string('a', ProxiedRequest.LongestReturn - 1);

        Assert.Equal(longest, ProxiedRequest.ReturnPath(longest));
        Assert.Equal("/", ProxiedRequest.ReturnPath(longest + "a"));
    }
}
