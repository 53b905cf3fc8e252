using System.Net;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Domain.Applications;

namespace SessionAuth.Api.Tests.Proxied;

/// <summary>
/// A browser at a proxied application, and the proxy in between. Its cookies at the application are apart from those at the
/// pages.
/// </summary>
public sealed class ApplicationBrowser : IDisposable
{
    private readonly RunningNode _node;

    public ApplicationBrowser(RunningNode node, BrowserClient pages, Application application)
    {
        _node = node;
        Pages = pages;
        Origin = application.Origins[0];
        AtApplication = node.NewBrowser();
        AtApplication.Host = new Uri(Origin).Host;
        AtApplication.Origin = Origin;
    }

    /// <summary>The browser at the pages.</summary>
    public BrowserClient Pages { get; }

    /// <summary>The browser at the application's host.</summary>
    public BrowserClient AtApplication { get; }

    public string Origin { get; }

    /// <summary>The application's cookie; null without one.</summary>
    public string? Cookie => AtApplication.Cookies.GetValueOrDefault("__Host-sessionauth");

    /// <summary>Opens a page of the application, and follows where that leads.</summary>
    /// <returns>The path at which the browser ends.</returns>
    public async Task<string> SignIn(string path = "/orders?page=2")
    {
        using HttpResponseMessage asked = await Navigate(path);
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        using HttpResponseMessage done = await Follow(asked);
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        return done.Headers.Location!.OriginalString;
    }

    /// <summary>Follows the redirect to a sign-in, until the callback has answered.</summary>
    public async Task<HttpResponseMessage> Follow(HttpResponseMessage toSignIn)
    {
        using HttpResponseMessage toProvider = await AtApplication.Get(PathOf(toSignIn));
        using HttpResponseMessage toCallback = await Pages.Get(PathOf(toProvider));
        return await AtApplication.Get(PathOf(toCallback));
    }

    /// <summary>The proxy asks for a page that a person opens.</summary>
    public Task<HttpResponseMessage> Navigate(string path, string method = "GET") =>
        Ask(
            path,
            method,
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", "document"),
            ("Accept", "text/html")
        );

    /// <summary>The proxy asks for what a script reads.</summary>
    public Task<HttpResponseMessage> Fetch(string path = "/api/orders") =>
        Ask(path, "GET", ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty"));

    /// <summary>Whether the proxy lets a request pass.</summary>
    public async Task<bool> Passes()
    {
        using HttpResponseMessage answer = await Fetch();
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.Unauthorized => false,
            _ => throw new InvalidOperationException($"The check answered {answer.StatusCode}."),
        };
    }

    /// <summary>The question of the proxy.</summary>
    public Task<HttpResponseMessage> Ask(
        string path,
        string method,
        params (string Name, string Value)[] headers
    )
    {
        HttpRequestMessage question = new(HttpMethod.Get, "/authz/forward-auth");
        question.Headers.TryAddWithoutValidation("X-Forwarded-Method", method);
        question.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        question.Headers.TryAddWithoutValidation("X-Forwarded-Host", AtApplication.Host);
        question.Headers.TryAddWithoutValidation("X-Forwarded-Uri", path);
        foreach ((string name, string value) in headers)
            question.Headers.TryAddWithoutValidation(name, value);
        return AtApplication.Send(question);
    }

    /// <summary>Another browser at the application, with the same cookies there.</summary>
    public ApplicationBrowser Copy(BrowserClient? pages = null)
    {
        BrowserClient own = pages ?? _node.NewBrowser();
        ApplicationBrowser copy = new(_node, own, AtOrigin(Origin));
        foreach ((string name, string value) in AtApplication.Cookies)
            copy.AtApplication.Cookies[name] = value;
        return copy;
    }

    public void Dispose()
    {
        Pages.Dispose();
        AtApplication.Dispose();
    }

    /// <summary>The path and query of a redirect.</summary>
    public static string PathOf(HttpResponseMessage redirect)
    {
        Assert.True(
            redirect.Headers.Location is not null,
            $"{(int)redirect.StatusCode} {redirect.Content.ReadAsStringAsync().Result}"
        );
        return new Uri(redirect.Headers.Location.OriginalString).PathAndQuery;
    }

    private static Application AtOrigin(string origin) =>
        new[] { ProxiedNode.Shop, ProxiedNode.Wiki, ProxiedNode.Bank, ProxiedNode.Notes }.Single(
            application => application.Origins[0] == origin
        );
}
