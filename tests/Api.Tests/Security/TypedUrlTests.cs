using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>URLs as people, monitors and password managers request them.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class TypedUrlTests(SharedNode shared)
{
    [Theory]
    [InlineData("/forgot/", "/forgot")]
    [InlineData("/Register", "/register")]
    [InlineData("/reset/", "/reset")]
    [InlineData("/RESET?from=mail", "/reset")]
    [InlineData("/Account/Sign-In/", "/account/sign-in")]
    [InlineData("/%66orgot", "/forgot")]
    public async Task Other_spelling_of_a_page_path_is_redirected_to_the_canonical_one(
        string typed,
        string page
    )
    {
        string answer = await RawConnection.Send(
            shared.Node.Url,
            $"GET {typed} HTTP/1.1\r\nHost: {new Uri(shared.Node.Url).Authority}\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 308", answer, StringComparison.Ordinal);
        Assert.Contains($"Location: {page}\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/login?next=1")]
    [InlineData("/account/sign-in")]
    public async Task Page_at_its_canonical_path_is_shown(string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage page = await browser.Get(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/healthz/storage")]
    public async Task HEAD_request_of_a_health_check_is_answered_without_a_body(string path)
    {
        string answer = await RawConnection.Send(
            shared.Node.Url,
            $"HEAD {path} HTTP/1.1\r\nHost: monitor\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_manager_finds_the_page_for_changing_the_password()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage redirect = await browser.Get("/.well-known/change-password");
        Assert.Equal(HttpStatusCode.SeeOther, redirect.StatusCode);
        Assert.Equal("/account/email", redirect.Headers.Location?.OriginalString);
        // Password managers request a path that does not exist to find out whether redirects can be relied on.
        using HttpResponseMessage unknown = await browser.Get(
            "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
        );
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Password_manager_finds_the_page_for_adding_passkeys()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage answer = await browser.Get("/.well-known/passkey-endpoints");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement endpoints = await answer.Content.ReadFromJsonAsync<JsonElement>();
        foreach (string purpose in new[] { "enroll", "manage" })
            Assert.Equal(
                shared.Node.Url + "/account/sign-in",
                endpoints.GetProperty(purpose).GetString()
            );
    }

    [Theory]
    [InlineData("User-Agent: Navigateur fran\u00e7ais")]
    [InlineData("Cookie: theme=\u00ff\u00fe")]
    [InlineData("X-Anything: \u0080")]
    [InlineData("Accept: text/html\u00e9")]
    [InlineData("Origin: https://\u00e9.example")]
    public async Task Header_bytes_that_are_not_UTF_8_do_not_break_a_page(string header)
    {
        foreach (string path in new[] { "/login", "/healthz/live" })
        {
            string answer = await RawConnection.Send(
                shared.Node.Url,
                $"GET {path} HTTP/1.1\r\nHost: {new Uri(shared.Node.Url).Authority}\r\n{header}\r\nConnection: close\r\n\r\n"
            );
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("Application/JSON; charset=UTF-8; x=\"y z\"")]
    public async Task JSON_in_UTF_8_is_accepted_in_each_spelling_of_its_content_type(string type)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpRequestMessage request = new(HttpMethod.Post, "/register")
        {
            Content = JsonContent.Create(
                new { email = People.NewEmail(), password = People.Password }
            ),
        };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpResponseMessage response = await browser.Send(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
