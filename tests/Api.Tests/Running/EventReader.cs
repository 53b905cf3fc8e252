namespace SessionAuth.Api.Tests.Running;

/// <summary>An open stream of events, read as a browser reads it.</summary>
public sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpResponseMessage response, StreamReader reader)
    {
        _response = response;
        _reader = reader;
    }

    /// <summary>Opens the stream and waits for the first sign of life.</summary>
    public static async Task<EventReader> Open(BrowserClient browser)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/sessions/events");
        HttpResponseMessage response = await browser.Send(
            request,
            completion: HttpCompletionOption.ResponseHeadersRead
        );
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        EventReader reader = new(
            response,
            new StreamReader(await response.Content.ReadAsStreamAsync())
        );
        Assert.StartsWith(":", await reader.Line(), StringComparison.Ordinal);
        return reader;
    }

    /// <summary>All lines from here to the end of the stream, without the empty ones and the signs of life.</summary>
    public async Task<string[]> ToTheEnd()
    {
        List<string> lines = [];
        while (await Line() is { } line)
        {
            if (line.Length > 0 && line[0] != ':')
                lines.Add(line);
        }

        return [.. lines];
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    private async Task<string?> Line()
    {
        using CancellationTokenSource patience = new(Patience);
        return await _reader.ReadLineAsync(patience.Token);
    }
}
