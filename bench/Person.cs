namespace SessionAuth.Bench;

/// <summary>Somebody with an account and a browser.</summary>
internal sealed class Person : IDisposable
{
    public const string Password = "correct horse battery staple";

    private readonly HttpClient _http;

    public Person(BenchNode node)
    {
        _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new(node.Url) };
        _http.DefaultRequestHeaders.Add("Origin", node.Url);
    }

    public string Email { get; } = $"{Guid.NewGuid():N}@example.org";

    /// <summary>The cookies as the browser sends them.</summary>
    public string Cookie { get; private set; } = "";

    public static async Task<Person[]> Register(BenchNode node, int count)
    {
        Person[] people = [.. Enumerable.Range(0, count).Select(_ => new Person(node))];
        // Few at a time: registering is not what is measured, and the gate turns a crowd away.
        await Parallel.ForEachAsync(
            people,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (person, _) => await person.Post("/register", person.Credentials)
        );
        return people;
    }

    public object Credentials => new { email = Email, password = Password };

    public async Task Post(string path, object? body = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        using HttpResponseMessage response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
            Cookie = string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0]));
    }

    public void Dispose() => _http.Dispose();
}
