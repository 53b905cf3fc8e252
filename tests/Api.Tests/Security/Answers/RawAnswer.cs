using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace SessionAuth.Api.Tests.Security.Answers;

/// <summary>An answer as it is sent: its status, all its headers, and the code of a problem.</summary>
/// <param name="Head">Status and headers; what differs between runs is replaced.</param>
/// <param name="Cookies">The cookies that it sets, as a browser sends them.</param>
internal sealed partial record RawAnswer(string Head, string Cookies)
{
    // Their values are of the moment, or change with each edit of a page.
    private static readonly HashSet<string> s_varying = ["Date", "ETag", "Last-Modified"];

    /// <summary>Sends the text on a connection of its own.</summary>
    public static async Task<RawAnswer> To(string url, string request)
    {
        Uri uri = new(url);
        using TcpClient client = new();
        await client.ConnectAsync(uri.Host, uri.Port);
        using NetworkStream stream = client.GetStream();
        using StreamReader reader = new(stream, Encoding.Latin1);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));

        StringBuilder head = new();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            head.Append(line).Append("\r\n");
        // Only problems are read: their code is compared, and a stream has no end.
        bool isProblem =
            head.ToString().Contains("application/problem+json", StringComparison.Ordinal)
            && head.ToString().Contains("chunked", StringComparison.Ordinal)
            && !request.StartsWith("HEAD", StringComparison.Ordinal);
        string? size = isProblem ? await reader.ReadLineAsync() : null;
        string? body = size is null ? null : await reader.ReadLineAsync();
        return Of(head.ToString(), body ?? "");
    }

    private static RawAnswer Of(string head, string body)
    {
        string[] lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> cookies = lines
            .Where(line => line.StartsWith("Set-Cookie: ", StringComparison.Ordinal))
            .Select(line => line.Split([": ", ";"], StringSplitOptions.None)[1]);
        string[] described =
        [
            .. Code().Match(body) is { Success: true } problem
                ? [problem.Groups[1].Value]
                : Array.Empty<string>(),
            // The order of headers means nothing.
            .. lines.Skip(1).Select(Lasting).Order(StringComparer.Ordinal),
        ];
        return new(string.Join('\n', [lines[0], .. described]), string.Join("; ", cookies));
    }

    private static string Lasting(string header)
    {
        string[] parts = header.Split(": ", 2);
        return parts[0] switch
        {
            "Content-Length" when parts[1] != "0" => "Content-Length: *",
            "Set-Cookie" => CookieValue().Replace(header, "=*;", 1),
            _ when s_varying.Contains(parts[0]) => parts[0] + ": *",
            _ => header,
        };
    }

    [GeneratedRegex("\"code\":\"([a-z-]+)\"")]
    private static partial Regex Code();

    [GeneratedRegex("=[^;]+;")]
    private static partial Regex CookieValue();
}
