using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>An open event stream, as pages have it.</summary>
internal sealed class OpenStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private OpenStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _reader = new(body);
    }

    /// <summary>Opens a stream and waits for its first heartbeat.</summary>
    public static async Task<OpenStream> Of(BrowserClient browser)
    {
        HttpResponseMessage response = await Ask(browser);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        OpenStream stream = new(response, await response.Content.ReadAsStreamAsync());
        Assert.StartsWith(":", await stream._reader.ReadLineAsync(), StringComparison.Ordinal);
        return stream;
    }

    /// <summary>Requests a stream; the answer may be a refusal.</summary>
    public static Task<HttpResponseMessage> Ask(BrowserClient browser) =>
        browser.Send(
            new(HttpMethod.Get, "/sessions/events"),
            completion: HttpCompletionOption.ResponseHeadersRead
        );

    /// <summary>All lines until the stream ends, without comments and empty lines.</summary>
    public async Task<IReadOnlyList<string>> Rest()
    {
        using CancellationTokenSource patience = new(Patience);
        List<string> lines = [];
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length > 0 && line[0] != ':')
                lines.Add(line);
        }

        return lines;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
