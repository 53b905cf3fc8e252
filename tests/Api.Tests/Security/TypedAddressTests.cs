using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>Addresses as people, monitors and password managers ask for them.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class TypedAddressTests(SharedNode shared)
{
    [Theory]
    [InlineData("/forgot/", "/forgot")]
    [InlineData("/Register", "/register")]
    [InlineData("/reset/", "/reset")]
    [InlineData("/RESET?from=mail", "/reset")]
    [InlineData("/Account/Sign-In/", "/account/sign-in")]
    [InlineData("/%66orgot", "/forgot")]
    public async Task A_page_that_is_typed_in_another_way_leads_to_its_one_address(
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
    public async Task A_page_at_its_own_address_is_shown(string path)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage page = await browser.Get(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/healthz/storage")]
    public async Task A_monitor_may_ask_for_health_without_the_body(string path)
    {
        string answer = await RawConnection.Send(
            shared.Node.Url,
            $"HEAD {path} HTTP/1.1\r\nHost: monitor\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_manager_finds_where_a_password_is_changed()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage there = await browser.Get("/.well-known/change-password");
        Assert.Equal(HttpStatusCode.SeeOther, there.StatusCode);
        Assert.Equal("/account/address", there.Headers.Location?.OriginalString);
        // It tries a path that nobody has, to see whether a redirect means anything.
        using HttpResponseMessage nowhere = await browser.Get(
            "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
        );
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task A_password_manager_finds_where_passkeys_are_added()
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
    public async Task A_byte_that_is_no_utf8_in_a_header_harms_no_page(string header)
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
    public async Task Json_in_utf8_is_taken_however_its_type_is_written(string type)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpRequestMessage request = new(HttpMethod.Post, "/register")
        {
            Content = JsonContent.Create(
                new { email = People.NewAddress(), password = People.Password }
            ),
        };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpResponseMessage response = await browser.Send(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
