using System.Text;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security.Answers;

/// <summary>
/// The status and all headers of every answer, compared with a committed file, so that its diff shows each change. Each
/// block of the file is a head, and below it the requests that are answered with it.
/// </summary>
public sealed class EveryAnswerTests
{
    private const string Html = "Accept: text/html,*/*;q=0.8";
    private const string Someone = "Session-User: AAAAAAAAAAAAAAAAAAAAAA";

    private readonly Dictionary<string, List<string>> _requests = [];

    [Fact(DisplayName = "S-01 S-02 Every answer of a node has the headers that it had")]
    public async Task Every_answer_has_the_headers_that_it_had()
    {
        await using AnsweringNode node = await AnsweringNode.OfOneOrigin();
        await Record(node);
        Compare("one-origin.txt");
    }

    [Fact(
        DisplayName = "S-01 S-02 S-45 Every answer of a node whose API has its own origin has the headers that it had"
    )]
    public async Task Every_answer_of_an_own_origin_has_the_headers_that_it_had()
    {
        await using AnsweringNode node = await AnsweringNode.OfTwoOrigins();
        await Record(node);
        Compare("two-origins.txt");
    }

    private async Task Record(AnsweringNode node)
    {
        await RecordSuccesses(node);
        await RecordCookies(node);
        foreach (object[] call in Calls.All)
            await RecordCall(node, (string)call[0], (string)call[1]);
        await RecordPages(node);
        await RecordHosts(node);
        await RecordLimits(node);
    }

    private async Task RecordSuccesses(AnsweringNode node)
    {
        string credentials = AnsweringNode.Credentials(People.NewEmail());
        string cookies = "";
        await Add("a new user", "POST", "/register", credentials);
        await Add("the right password", "POST", "/login", credentials);
        await Add(
            "a wrong password",
            "POST",
            "/login",
            AnsweringNode.Credentials(People.NewEmail())
        );
        await Add("half a body", "POST", "/login", "{");
        await Add("a body without fields", "POST", "/login", "{}");
        await Add("signed in", "GET", "/test");
        await Add("signed in", "POST", "/refresh");
        await Add("signed in", "POST", "/factors/totp");
        await Add("the password", "POST", "/step-up", $$"""{"password":"{{People.Password}}"}""");
        await Add("the password given", "POST", "/factors/totp");
        await Add("signed in", "DELETE", "/sessions");

        async Task Add(string told, string method, string path, string? json = null)
        {
            string[] headers = [node.FromPages, "Cookie: " + cookies];
            RawAnswer answer = await node.Ask(method, path, headers, json);
            Note(answer, $"{method} {path}, {told}");
            if (answer.Cookies.Length > 0)
                cookies = answer.Cookies;
        }
    }

    private async Task RecordCookies(AnsweringNode node)
    {
        string[] cookies = (await node.Register()).Split("; ");
        string access = cookies.Single(cookie =>
            cookie.Contains("access", StringComparison.Ordinal)
        );
        string refresh = cookies.Single(cookie =>
            cookie.Contains("refresh", StringComparison.Ordinal)
        );
        await Add("access token", access);
        await Add("access token twice", $"{access}; {access}");
        await Add("forged access token", access[..^4] + "AAAA");
        await Add("refresh token", refresh);
        await Add("forged access token, and a refresh token", $"{access[..^4]}AAAA; {refresh}");
        await Add("a cookie of another site", "theme=dark");
        Note(
            await node.Ask("POST", "/logout", [node.FromPages, $"Cookie: {access}; {refresh}"]),
            "POST /logout, signed in"
        );
        await Add("token of an ended session", access);
        await Add("tokens of an ended session", $"{access}; {refresh}");

        async Task Add(string told, string cookie) =>
            Note(await node.Ask("GET", "/test", ["Cookie: " + cookie]), $"GET /test, {told}");
    }

    private async Task RecordCall(AnsweringNode node, string method, string path)
    {
        string cookies = "Cookie: " + await node.Register();
        await Add("signed out", method, node.FromPages);
        await Add("without Origin", method);
        await Add("from another site", method, "Origin: https://evil.example", cookies);
        await Add("as another user", method, node.FromPages, cookies, Someone);
        await Add("at the host of the pages", method, node.FromPages, "Host: " + node.PagesHost);
        await Add("at an unknown host", method, node.FromPages, "Host: evil.example", cookies);
        await Add("as a page", method, Html);
        await Add("through a proxy", method, node.FromPages, "X-Forwarded-For: 192.0.2.1");
        await Add(
            "preflight",
            "OPTIONS",
            node.FromPages,
            $"Access-Control-Request-Method: {method}"
        );
        await Add("signed in", "HEAD", cookies);
        await Add("signed in", "PUT", node.FromPages, cookies);
        await Add("signed in without Origin", method, cookies);
        // Last, because it may end the session.
        await Add("signed in, from the pages", method, node.FromPages, cookies);

        async Task Add(string told, string by, params string[] headers) =>
            Note(await node.Ask(by, path, headers), $"{by} {path}, {told}");
    }

    private async Task RecordPages(AnsweringNode node)
    {
        string[] paths =
        [
            "/",
            "/login",
            "/reset",
            "/verify-email",
            "/nothing",
            "/dev/mail",
            "/assets/none.js",
            "/favicon.ico",
        ];
        foreach (string path in paths)
        {
            foreach (string host in new[] { node.PagesHost, node.ApiHost, "evil.example" })
            {
                foreach (string method in new[] { "GET", "HEAD", "POST" })
                    Note(
                        await node.Ask(method, path, ["Host: " + host, Html]),
                        $"{method} {path}, as a page, at {host}"
                    );
            }

            Note(
                await node.Ask("GET", path, ["Host: " + node.PagesHost]),
                $"GET {path}, at {node.PagesHost}"
            );
        }
    }

    private async Task RecordHosts(AnsweringNode node)
    {
        string[] hosts =
        [
            node.ApiHost.ToUpperInvariant(),
            node.ApiHost + ":443",
            node.ApiHost + ".",
            node.ApiHost + ":80",
            "127.0.0.1",
            "xn--a",
            "",
        ];
        foreach (string host in hosts)
        {
            foreach (string path in new[] { "/test", "/healthz/live", "/login" })
            {
                foreach (string accept in new[] { "Accept: */*", Html })
                    Note(
                        await node.Ask("GET", path, ["Host: " + host, accept]),
                        $"GET {path}, at \"{host}\", {accept}"
                    );
            }
        }
    }

    private async Task RecordLimits(AnsweringNode node)
    {
        string cookies = "Cookie: " + await node.Register();
        string[] many = [.. Enumerable.Range(0, 101).Select(i => $"X-{i}: 1")];
        string large = "X-Large: " + new string('a', 33 * 1024);
        foreach (string path in new[] { "/test", "/login" })
        {
            await Add("101 headers", "GET", path, [cookies, .. many]);
            await Add("98 headers", "GET", path, [cookies, .. many[..95]]);
            await Add("33 KiB of headers", "GET", path, [cookies, large]);
            await Add("30 KiB of headers", "GET", path, [cookies, large[..(30 * 1024)]]);
            await Add("a long query", "GET", path + "?" + new string('a', 9 * 1024), [cookies]);
            await Add(
                "an encoded path",
                "GET",
                path.Replace("t", "%74", StringComparison.Ordinal),
                [cookies]
            );
            foreach (string method in new[] { "GET", "POST" })
            {
                await Add("a large body", method, path, [node.FromPages, "Content-Length: 65537"]);
                await Add(
                    "a form",
                    method,
                    path,
                    [node.FromPages, cookies, "Content-Type: text/plain", "Content-Length: 0"]
                );
                await Add(
                    "chunks without a type",
                    method,
                    path,
                    [node.FromPages, cookies, "Transfer-Encoding: chunked"]
                );
            }
        }

        async Task Add(string told, string method, string path, string[] headers) =>
            Note(await node.Ask(method, path, headers), $"{method} {path.Split('?')[0]}, {told}");
    }

    private void Note(RawAnswer answer, string request)
    {
        if (!_requests.TryGetValue(answer.Head, out List<string>? same))
            _requests[answer.Head] = same = [];
        same.Add(request);
    }

    private void Compare(string file)
    {
        StringBuilder text = new();
        foreach ((string head, List<string> requests) in _requests)
        {
            text.Append(head).Append('\n');
            foreach (string request in requests)
                text.Append("    ").Append(request).Append('\n');
            text.Append('\n');
        }

        string committed = Path.Combine(Repository.Root, "tests/Api.Tests/Security/Answers", file);
        string seen = Path.Combine(AppContext.BaseDirectory, file);
        File.WriteAllText(seen, text.ToString());
        Assert.True(
            File.Exists(committed) && File.ReadAllText(committed) == text.ToString(),
            $"Answers differ: diff {committed} {seen}. If that is intended, copy the second over the first."
        );
    }
}
