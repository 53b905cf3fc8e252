using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Proxied;

/// <summary>Signing out at a proxied application, and what its scripts can ask.</summary>
[Collection(ProxiedNodeTests.Name)]
public sealed class ApplicationSignOutTests(ProxiedNode proxied)
{
    [Fact]
    public async Task Signing_out_at_an_application_ends_the_session()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        using ApplicationBrowser thief = shop.Copy();

        using HttpResponseMessage answer = await shop.AtApplication.Post("/.sessionauth/sign-out");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("https://shop.example.com/", answer.Headers.Location!.OriginalString);
        Assert.Null(shop.Cookie);
        Assert.False(await thief.Passes());
        Assert.False(await shop.Pages.IsSignedIn());
    }

    [Fact]
    public async Task Signing_out_where_only_the_application_ends_leaves_the_session_and_asks_at_the_next_sign_in()
    {
        using ApplicationBrowser notes = await proxied.SignedInAt(ProxiedNode.Notes);
        using ApplicationBrowser thief = notes.Copy();

        using HttpResponseMessage answer = await notes.AtApplication.Post("/.sessionauth/sign-out");
        using HttpResponseMessage next = await notes.AtApplication.Get("/.sessionauth/sign-in");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(
            "You are signed out of The notes",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.False(await thief.Passes());
        Assert.True(await notes.Pages.IsSignedIn());
        Assert.Contains("prompt=login", next.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "S-74 Other sites cannot sign anybody out of an application")]
    [InlineData("https://evil.example")]
    [InlineData("https://wiki.example.com")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Other_sites_cannot_sign_anybody_out(string? origin)
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        shop.AtApplication.Origin = origin;

        using HttpResponseMessage posted = await shop.AtApplication.Post("/.sessionauth/sign-out");
        using HttpResponseMessage got = await shop.AtApplication.Get("/.sessionauth/sign-out");

        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
        Assert.True(await shop.Passes());
    }

    [Fact]
    public async Task Scripts_of_an_application_are_told_who_has_signed_in()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);

        JsonElement user = await shop
            .AtApplication.Get("/.sessionauth/user")
            .Answered(HttpStatusCode.OK);
        shop.AtApplication.Cookies.Clear();
        JsonElement problem = await shop
            .AtApplication.Get("/.sessionauth/user")
            .Refused(HttpStatusCode.Unauthorized, "not-signed-in");

        JsonElement me = await shop.Pages.Me();
        Assert.Equal(me.GetProperty("userId").GetString(), user.GetProperty("userId").GetString());
        Assert.Equal(JsonValueKind.Null, user.GetProperty("email").ValueKind);
        Assert.StartsWith(
            "https://shop.example.com/.sessionauth/sign-in",
            problem.GetProperty("signIn").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Open_page_of_an_application_is_told_at_once_that_the_session_has_ended()
    {
        using ApplicationBrowser shop = await proxied.SignedInAt(ProxiedNode.Shop);
        using HttpResponseMessage stream = await shop.AtApplication.Send(
            new(HttpMethod.Get, "/.sessionauth/events"),
            completion: HttpCompletionOption.ResponseHeadersRead
        );
        using StreamReader lines = new(await stream.Content.ReadAsStreamAsync());
        Assert.Equal(":", (await lines.ReadLineAsync())!.Trim());

        using HttpResponseMessage signedOut = await shop.Pages.Post("/logout");
        signedOut.EnsureSuccessStatusCode();

        string rest = await lines.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains("event: revoked", rest, StringComparison.Ordinal);
        Assert.Contains("signed-out", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/.sessionauth")]
    [InlineData("/.sessionauth/")]
    [InlineData("/.sessionauth/other")]
    [InlineData("/.sessionauth/sign-in/x")]
    public async Task Nothing_else_is_at_the_host_of_an_application(string path)
    {
        using ApplicationBrowser shop = new(
            proxied.Node,
            proxied.Node.NewBrowser(),
            ProxiedNode.Shop
        );

        using HttpResponseMessage answer = await shop.AtApplication.Get(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/test")]
    [InlineData("/oauth/authorize")]
    public async Task Pages_and_calls_are_not_served_at_the_host_of_an_application(string path)
    {
        using ApplicationBrowser shop = new(
            proxied.Node,
            proxied.Node.NewBrowser(),
            ProxiedNode.Shop
        );

        using HttpResponseMessage answer = await shop.AtApplication.Get(path);

        await Problem.Is(answer, HttpStatusCode.BadRequest, "unknown-host");
    }
}
