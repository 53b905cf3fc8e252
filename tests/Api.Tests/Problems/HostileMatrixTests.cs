using System.Globalization;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>Each call with each malformed body, header and query: the answer is a documented one, never a 500.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class HostileMatrixTests(SharedNode shared)
{
    private static readonly string[] s_bodies =
    [
        "{}",
        "null",
        "\0",
        "{\"email\":\"\\u0000@b.cd\",\"password\":\"\\u0000\\uffff\\u202e\"}",
        "{\"email\":\"a@b.cd\",\"password\":\"long enough 1\",\"remember\":null}",
        "{\"email\":\"a@b.cd\",\"password\":\"long enough 1\",\"remember\":\"yes\"}",
        "{\"email\":\"a@b.cd\",\"password\":\"long enough 1\",\"remember\":1e999}",
        "{\"email\":\"a@b.cd\",\"password\":\"\u00ff\u00fe\"}",
        "{\"email\":\"a@b.cd\",\"password\":\"\\ud83d\"}",
        "{\"\":\"\"}",
        new string('[', 1000),
        new string(' ', 60_000),
    ];

    private static readonly string[] s_headers =
    [
        "Content-Encoding: gzip",
        "Content-Type: application/json; charset=\"",
        "Content-Type: application/json; charset=utf-32",
        "Content-Type: ;;;",
        "Accept: ;;q=9, \"",
        "Accept-Language: *;q=-1",
        "Authorization: Bearer \u00ff",
        "Cookie: accessToken=\"; refreshToken=%00%ff; =; ;;",
        "Expect: 100-continue",
        "If-None-Match: *",
        "Range: bytes=99-1",
        "Origin: //",
        "Upgrade: websocket\r\nConnection: Upgrade",
        "User-Agent: \u00c3\u00a9 <img src=x onerror=alert(1)> %00 {0} ${jndi:ldap://x}",
        "X-Forwarded-For: ::::, 999.1.1.1",
        "X-HTTP-Method-Override: DELETE",
        "X-Original-URL: /me",
    ];

    [Theory(DisplayName = "S-50 No malformed body causes an internal error at any call")]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Malformed_body_causes_no_internal_error(string method, string path)
    {
        foreach (string body in s_bodies)
        {
            string head = Head(method, path) + "Content-Type: application/json\r\n";
            AssertNoInternalError(
                await Send($"{head}Content-Length: {body.Length}\r\n\r\n{body}"),
                body
            );
            AssertNoInternalError(
                await Send(
                    $"{head}Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n"
                ),
                body
            );
        }
    }

    [Theory(DisplayName = "S-50 No malformed header causes an internal error at any call")]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Malformed_header_causes_no_internal_error(string method, string path)
    {
        foreach (string header in s_headers)
        {
            string type = header.StartsWith("Content-Type", StringComparison.Ordinal)
                ? ""
                : "Content-Type: application/json\r\n";
            AssertNoInternalError(
                await Send($"{Head(method, path)}{type}{header}\r\nContent-Length: 2\r\n\r\n{{}}"),
                header
            );
        }
    }

    [Theory(DisplayName = "S-50 No malformed query causes an internal error at any call")]
    [MemberData(nameof(Calls.All), MemberType = typeof(Calls))]
    public async Task Malformed_query_causes_no_internal_error(string method, string path)
    {
        string[] queries =
        [
            "?",
            "?%00=%ff",
            "?a=%zz&a&&=",
            "?include[]=x",
            "?" + new string('&', 4000),
        ];
        foreach (string query in queries)
            AssertNoInternalError(await Send(Head(method, path + query) + "\r\n"), query);
    }

    private string Head(string method, string path) =>
        $"{method} {path} HTTP/1.1\r\nHost: {new Uri(shared.Node.Url).Authority}\r\n"
        + $"Origin: {shared.Node.Url}\r\nConnection: close\r\n";

    private Task<string> Send(string request) => RawConnection.Send(shared.Node.Url, request);

    // Kestrel itself refuses invalid HTTP, with an empty 400.
    private static void AssertNoInternalError(string answer, string sent)
    {
        Assert.StartsWith("HTTP/1.1 ", answer, StringComparison.Ordinal);
        int status = int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
        bool problem = answer.Contains("application/problem+json", StringComparison.Ordinal);
        bool empty = answer.Contains("Content-Length: 0", StringComparison.Ordinal);
        Assert.True(
            status is 200 or 204
                || (status is 400 && empty)
                || (status is >= 400 and < 500 && problem),
            $"{sent[..Math.Min(80, sent.Length)]} → {answer}"
        );
    }
}
