using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>The expected state of a session.</summary>
public enum ExpectedState
{
    /// <summary>It must be accepted.</summary>
    Live,

    /// <summary>The revocation is unanswered: both answers are allowed.</summary>
    Unknown,

    /// <summary>It was revoked, or a node has refused it: it must be refused.</summary>
    Revoked,
}

/// <summary>A browser with one session.</summary>
/// <param name="email">The account's email.</param>
public sealed class Device(string email) : IDisposable
{
    public const string Password = "correct horse battery staple";

    private string? _access;
    private string? _refresh;

    public string Email => email;

    public ExpectedState ExpectedState { get; set; } = ExpectedState.Live;

    /// <summary>Held by the caller that currently uses this browser.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public Task<Answer> Register(IRequestTarget node) =>
        Send(node, HttpMethod.Post, "/register", new { email, password = Password });

    public Task<Answer> SignIn(IRequestTarget node) =>
        Send(node, HttpMethod.Post, "/login", new { email, password = Password });

    public Task<Answer> Check(IRequestTarget node) =>
        Send(node, HttpMethod.Get, "/test", keepsCookies: false);

    public Task<Answer> Refresh(IRequestTarget node) => Send(node, HttpMethod.Post, "/refresh");

    /// <summary>Revokes the session. The browser keeps its cookies, to try them again.</summary>
    public Task<Answer> SignOut(IRequestTarget node) =>
        Send(node, HttpMethod.Post, "/logout", keepsCookies: false);

    /// <summary>Ends a session of the same user by its id.</summary>
    public Task<Answer> End(string sessionId, IRequestTarget node) =>
        Send(node, HttpMethod.Delete, $"/sessions/{sessionId}", keepsCookies: false);

    /// <summary>Ends all other sessions of the same user by one request.</summary>
    public Task<Answer> EndOthers(IRequestTarget node) =>
        Send(node, HttpMethod.Delete, "/sessions", keepsCookies: false);

    /// <summary>The id of the session.</summary>
    public async Task<string> SessionId(IRequestTarget node)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/test");
        request.Headers.Add("Cookie", _access);
        using HttpResponseMessage response = await node.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("sessionId")
            .GetString()!;
    }

    /// <summary>Any other call that changes something; the caller judges the answer.</summary>
    public async Task<HttpResponseMessage> Post(
        IRequestTarget node,
        string path,
        object? body = null,
        bool keepsCookies = true
    )
    {
        using HttpRequestMessage request = Request(node, HttpMethod.Post, path, body);
        HttpResponseMessage response = await node.Http.SendAsync(request);
        if (keepsCookies && response.IsSuccessStatusCode)
            Keep(response);
        return response;
    }

    /// <summary>Opens a page; the caller judges the answer. The browser keeps its cookies.</summary>
    public async Task<HttpResponseMessage> Open(IRequestTarget node, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{_access}; {_refresh}");
        return await node.Http.SendAsync(request);
    }

    /// <summary>A copy of the browser in its current state.</summary>
    public Device Copy() => new(email) { _access = _access, _refresh = _refresh };

    /// <summary>Somebody who has the access token only, and cannot refresh it.</summary>
    public Device WithAccessTokenOnly() => new(email) { _access = _access };

    /// <summary>Somebody who has the refresh token only.</summary>
    public Device WithRefreshTokenOnly() => new(email) { _refresh = _refresh };

    public void Dispose() => Turn.Dispose();

    private async Task<Answer> Send(
        IRequestTarget node,
        HttpMethod method,
        string path,
        object? body = null,
        bool keepsCookies = true
    )
    {
        using HttpRequestMessage request = Request(node, method, path, body);
        long began = TimeProvider.System.GetTimestamp();
        try
        {
            using HttpResponseMessage response = await node.Http.SendAsync(request);
            if (keepsCookies && response.IsSuccessStatusCode)
                Keep(response);
            return new(node, began, response.StatusCode, response.Headers.RetryAfter is not null);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new(node, began, null, HasRetryAfter: false, e.Message);
        }
    }

    private HttpRequestMessage Request(
        IRequestTarget node,
        HttpMethod method,
        string path,
        object? body
    )
    {
        HttpRequestMessage request = new(method, path);
        request.Headers.Add("Origin", node.Origin);
        string cookies = string.Join("; ", new[] { _access, _refresh }.OfType<string>());
        if (cookies.Length > 0)
            request.Headers.Add("Cookie", cookies);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return request;
    }

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
            return;
        foreach (string cookie in cookies)
        {
            string pair = cookie.Split(';', 2)[0];
            if (pair.Contains("accessToken=", StringComparison.Ordinal))
                _access = pair;
            else if (pair.Contains("refreshToken=", StringComparison.Ordinal))
                _refresh = pair;
        }
    }
}

/// <summary>The answer of a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Began">When the request was sent, by the monotonic clock.</param>
/// <param name="Status">The status; null without an answer.</param>
/// <param name="HasRetryAfter">Whether it has a Retry-After header.</param>
/// <param name="Why">Why there was no answer.</param>
public sealed record Answer(
    IRequestTarget Node,
    long Began,
    HttpStatusCode? Status,
    bool HasRetryAfter,
    string? Why = null
);
