using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security.Answers;

/// <summary>A node behind a proxy, asked with exact requests.</summary>
/// <param name="node">The node.</param>
/// <param name="apiHost">The host of the API.</param>
/// <param name="pagesHost">The host of the pages.</param>
internal sealed class AnsweringNode(RunningNode node, string apiHost, string pagesHost)
    : IAsyncDisposable
{
    public string ApiHost => apiHost;

    public string PagesHost => pagesHost;

    /// <summary>A node whose pages and API have one origin.</summary>
    public static Task<AnsweringNode> OfOneOrigin() => Start("auth.example", "auth.example");

    /// <summary>A node whose API has an origin of its own, and which trusts a proxy.</summary>
    public static Task<AnsweringNode> OfTwoOrigins() =>
        Start("api.example", "auth.example", ("TRUSTED_PROXIES", "127.0.0.1"));

    /// <summary>Sends a request to the API, unless the headers name another host.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="headers">Lines of the head, such as <c>Accept: text/html</c>.</param>
    /// <param name="json">The body; null for none.</param>
    public Task<RawAnswer> Ask(
        string method,
        string path,
        IEnumerable<string> headers,
        string? json = null
    )
    {
        string[] lines = [.. headers];
        List<string> request = [$"{method} {path} HTTP/1.1"];
        if (!lines.Any(line => line.StartsWith("Host:", StringComparison.Ordinal)))
            request.Add("Host: " + apiHost);
        request.AddRange(lines);
        if (json is not null)
            request.AddRange(["Content-Type: application/json", $"Content-Length: {json.Length}"]);
        return RawAnswer.To(node.Url, string.Join("\r\n", request) + "\r\n\r\n" + json);
    }

    /// <summary>Registers a user; returns the cookies.</summary>
    public async Task<string> Register() =>
        (await Ask("POST", "/register", [FromPages], Credentials(People.NewEmail()))).Cookies;

    /// <summary>The header of a call from the pages.</summary>
    public string FromPages => $"Origin: https://{pagesHost}";

    public static string Credentials(string email) =>
        $$"""{"email":"{{email}}","password":"{{People.Password}}"}""";

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private static async Task<AnsweringNode> Start(
        string apiHost,
        string pagesHost,
        params (string Name, string Value)[] settings
    )
    {
        Dictionary<string, string> all = settings.ToDictionary(
            setting => setting.Name,
            setting => setting.Value
        );
        all["PUBLIC_URL"] = $"https://{pagesHost}";
        if (apiHost != pagesHost)
            all["API_URL"] = $"https://{apiHost}";
        all["SIGN_IN_FAILURES_PER_NETWORK"] = "100000";
        return new(await RunningNode.Start(all), apiHost, pagesHost);
    }
}
