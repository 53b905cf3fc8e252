using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Does what a browser does for a page: keeps and sends cookies, and sends the page's origin with state-changing calls.</summary>
public sealed class BrowserClient : IDisposable
{
    private readonly HttpClient _http;

    public BrowserClient(string url, string? userAgent = null)
    {
        Url = url;
        Origin = url;
        _http = new(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                // Closes abandoned streams at once, as browsers do.
                ResponseDrainTimeout = TimeSpan.Zero,
            }
        )
        {
            BaseAddress = new Uri(url),
        };
        if (userAgent is not null)
            _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
    }

    public string Url { get; }

    /// <summary>The Origin header of state-changing calls; null for none.</summary>
    public string? Origin { get; set; }

    /// <summary>The Host header, if it differs from the URL's.</summary>
    public string? Host { get; set; }

    /// <summary>The X-Forwarded-For header that a proxy would add; null for no proxy.</summary>
    public string? ForwardedFor { get; set; }

    /// <summary>The cookies, by name.</summary>
    public Dictionary<string, string> Cookies { get; } = [];

    public string? AccessToken
    {
        get => Cookies.GetValueOrDefault("accessToken");
        set => SetCookie("accessToken", value);
    }

    public string? RefreshToken
    {
        get => Cookies.GetValueOrDefault("refreshToken");
        set => SetCookie("refreshToken", value);
    }

    public Task<HttpResponseMessage> Get(string path) => Send(new(HttpMethod.Get, path));

    public Task<HttpResponseMessage> Delete(string path) => Send(new(HttpMethod.Delete, path));

    public Task<HttpResponseMessage> Post(string path, object? body = null) =>
        Send(
            new(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) }
        );

    /// <summary>Sends a request; keeps the cookies that the answer sets.</summary>
    /// <param name="request">The request.</param>
    /// <param name="keepCookies">False if the answer is to be lost.</param>
    /// <param name="completion">When to return.</param>
    public async Task<HttpResponseMessage> Send(
        HttpRequestMessage request,
        bool keepCookies = true,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead
    )
    {
        if (Cookies.Count > 0)
            request.Headers.TryAddWithoutValidation(
                "Cookie",
                string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))
            );
        request.Headers.Host ??= Host;
        if (ForwardedFor is not null)
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", ForwardedFor);
        if (Origin is not null && request.Method != HttpMethod.Get)
            request.Headers.TryAddWithoutValidation("Origin", Origin);

        HttpResponseMessage response = await _http.SendAsync(request, completion);
        if (keepCookies)
            KeepCookies(response);
        return response;
    }

    public async Task<HttpResponseMessage> Register(
        string email,
        string password = People.Password
    ) => await Post("/register", new { email, password });

    public async Task<HttpResponseMessage> Login(
        string email,
        string password = People.Password,
        bool remember = true
    ) =>
        await Post(
            "/login",
            new
            {
                email,
                password,
                remember,
            }
        );

    /// <summary>The id of the browser's session.</summary>
    public async Task<string> SessionId()
    {
        using HttpResponseMessage response = await Get("/test");
        response.EnsureSuccessStatusCode();
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("sessionId").GetString()!;
    }

    public async Task<bool> IsSignedIn()
    {
        using HttpResponseMessage response = await Get("/test");
        return response.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.Unauthorized => false,
            _ => throw new InvalidOperationException($"GET /test answered {response.StatusCode}."),
        };
    }

    public void Dispose() => _http.Dispose();

    private void KeepCookies(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? lines))
            return;

        foreach (string line in lines)
        {
            string[] pair = line.Split(';')[0].Split('=', 2);
            bool expired = line.Contains("Max-Age=0", StringComparison.OrdinalIgnoreCase);
            SetCookie(pair[0], expired ? null : pair[1]);
        }
    }

    private void SetCookie(string name, string? value)
    {
        if (value is null)
            Cookies.Remove(name);
        else
            Cookies[name] = value;
    }
}
