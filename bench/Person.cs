using System.Net;
using SessionAuth.Api.Sessions;

namespace SessionAuth.Bench;

/// <summary>A user with an account and a browser.</summary>
internal sealed class Person : IDisposable
{
    public const string Password = "correct horse battery staple";

    private readonly HttpClient _http;

    public Person(string url)
    {
        _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new(url) };
        _http.DefaultRequestHeaders.Add("Origin", url);
    }

    public string Email { get; } = $"{Guid.NewGuid():N}@example.org";

    /// <summary>The cookies as the browser sends them.</summary>
    public string Cookie { get; private set; } = "";

    /// <summary>The cookies of the registration, also after the browser has signed out.</summary>
    public string SignedInWith { get; private set; } = "";

    public static Task<Person[]> Register(string url, int count) => Register([url], count);

    /// <summary>Registers people at several nodes in turn.</summary>
    public static async Task<Person[]> Register(IReadOnlyList<string> urls, int count)
    {
        Person[] people =
        [
            .. Enumerable.Range(0, count).Select(index => new Person(urls[index % urls.Count])),
        ];
        // With limited parallelism: registration is not measured, and more at once would be refused (load shedding).
        await Parallel.ForEachAsync(
            people,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (person, _) => await person.Register()
        );
        return people;
    }

    public object Credentials => new { email = Email, password = Password };

    public async Task Post(string path, object? body = null)
    {
        using HttpResponseMessage response = await Send(path, body);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The id of the session.</summary>
    public async Task<string> Session()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/test");
        request.Headers.Add("Cookie", Cookie);
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync(SessionsJson.Default.SignedIn))!.SessionId;
    }

    /// <summary>Signs in with the right password and the cookies of the last sign-in.</summary>
    public async Task<HttpStatusCode> SignIn(string from)
    {
        using HttpResponseMessage response = await Send("/login", Credentials, from);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private async Task Register()
    {
        HttpStatusCode status = await Try("/register");
        // A node that a busy machine has suspended refuses, and clients ask again.
        while (status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Conflict)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            // The account may have been made all the same.
            status = await Try(status == HttpStatusCode.Conflict ? "/login" : "/register");
        }
        SignedInWith = Cookie;
    }

    private async Task<HttpStatusCode> Try(string path)
    {
        using HttpResponseMessage response = await Send(path, Credentials);
        if (
            response.StatusCode
            is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.Conflict)
        )
            response.EnsureSuccessStatusCode();
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> Send(string path, object? body, string? from = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        HttpResponseMessage response = await _http.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
            Cookie = string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0]));
        return response;
    }
}
