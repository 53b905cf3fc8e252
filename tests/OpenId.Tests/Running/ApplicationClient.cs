using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.OpenId.Tests.Running;

/// <summary>An OpenID Connect client, as strict as its tests need.</summary>
public sealed class ApplicationClient(string issuer, TestApplication application) : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    )
    {
        BaseAddress = new(issuer),
    };

    public string Verifier { get; private set; } =
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string State { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public string Nonce { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public TestApplication Application => application;

    public string Challenge =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The parameters of an authorization request, some of which a test replaces; null leaves one out.</summary>
    public Dictionary<string, string?> Request(params (string Name, string? Value)[] different)
    {
        Dictionary<string, string?> request = new()
        {
            ["client_id"] = application.Id,
            ["response_type"] = "code",
            ["redirect_uri"] = application.RedirectUri,
            ["scope"] = "openid email offline_access",
            ["state"] = State,
            ["nonce"] = Nonce,
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach ((string name, string? value) in different)
            request[name] = value;
        return request;
    }

    public string AuthorizePath(params (string Name, string? Value)[] different) =>
        QueryHelpers.AddQueryString(
            "/oauth/authorize",
            Request(different).Where(parameter => parameter.Value is not null)!
        );

    /// <summary>What the browser brings back from an authorization request.</summary>
    public async Task<Dictionary<string, string>> Authorize(
        BrowserClient browser,
        params (string Name, string? Value)[] different
    )
    {
        using HttpResponseMessage answer = await browser.Get(AuthorizePath(different));
        return Returned(answer);
    }

    /// <summary>The parameters that an answer brings to the application's address.</summary>
    public Dictionary<string, string> Returned(HttpResponseMessage answer)
    {
        string body = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        Assert.True(
            answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther,
            $"{(int)answer.StatusCode} {body}"
        );
        string location = answer.Headers.Location!.OriginalString;
        Assert.StartsWith(application.RedirectUri + "?", location, StringComparison.Ordinal);
        return QueryHelpers
            .ParseQuery(new Uri(location).Query)
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value.Single()!);
    }

    /// <summary>A code for the session of a browser.</summary>
    public async Task<string> Code(
        BrowserClient browser,
        params (string Name, string? Value)[] different
    )
    {
        Dictionary<string, string> returned = await Authorize(browser, different);
        Assert.True(returned.ContainsKey("code"), string.Join(", ", returned));
        return returned["code"];
    }

    public Task<HttpResponseMessage> Redeem(
        string code,
        params (string Name, string? Value)[] different
    )
    {
        Dictionary<string, string?> form = new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = application.RedirectUri,
            ["code_verifier"] = Verifier,
        };
        foreach ((string name, string? value) in different)
            form[name] = value;
        return Post("/oauth/token", form);
    }

    public Task<HttpResponseMessage> Refresh(string refreshToken) =>
        Post(
            "/oauth/token",
            new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }
        );

    public Task<HttpResponseMessage> Introspect(string token) =>
        Post("/oauth/introspect", new() { ["token"] = token });

    public Task<HttpResponseMessage> Revoke(string token) =>
        Post("/oauth/revoke", new() { ["token"] = token });

    public Task<HttpResponseMessage> UserInfo(string accessToken)
    {
        HttpRequestMessage request = new(HttpMethod.Get, "/oauth/userinfo");
        request.Headers.Authorization = new("Bearer", accessToken);
        return _http.SendAsync(request);
    }

    /// <summary>Whether introspection says that a token is good.</summary>
    public async Task<bool> IsActive(string token)
    {
        JsonElement answer = await Introspect(token).Answered(HttpStatusCode.OK);
        return answer.GetProperty("active").GetBoolean();
    }

    /// <summary>The tokens for the session of a browser.</summary>
    public async Task<TokenSet> SignIn(
        BrowserClient browser,
        params (string Name, string? Value)[] different
    ) => TokenSet.Of(await Redeem(await Code(browser, different)).Answered(HttpStatusCode.OK));

    /// <summary>Posts a form, with the client's authentication.</summary>
    public async Task<HttpResponseMessage> Post(string path, Dictionary<string, string?> form)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        if (application.Secret is { } secret)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.ASCII.GetBytes($"{application.Id}:{secret}"))
            );
        else
            form["client_id"] = application.Id;
        request.Content = new FormUrlEncodedContent(
            form.Where(parameter => parameter.Value is not null)!
        );
        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> Get(string path) =>
        _http.GetAsync(new Uri(path, UriKind.Relative));

    public void Dispose() => _http.Dispose();
}
