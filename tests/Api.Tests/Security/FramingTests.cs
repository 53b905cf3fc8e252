using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>Requests whose end two servers could read differently (request smuggling).</summary>
[Collection(SharedNodeTests.Name)]
public sealed class FramingTests(SharedNode shared)
{
    private string Url => shared.Node.Url;

    private string Head =>
        $"POST /login HTTP/1.1\r\nHost: {new Uri(Url).Authority}\r\nOrigin: {Url}\r\nContent-Type: application/json\r\n";

    [Theory(DisplayName = "S-05 Ambiguous framing is refused")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2;a\nb\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")]
    [InlineData("Content-Length: +2\r\n\r\n{}")]
    [InlineData("Content-Length: -2\r\n\r\n{}")]
    [InlineData("Content-Length: 2, 2\r\n\r\n{}")]
    [InlineData("Content-Length : 2\r\n\r\n{}")]
    [InlineData(" Folded: 1\r\nContent-Length: 2\r\n\r\n{}")]
    public async Task Request_with_ambiguous_framing_is_refused(string rest)
    {
        string answer = await RawConnection.Send(Url, Head + rest);
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1", answer[8..], StringComparison.Ordinal);
    }

    [Theory(
        DisplayName = "S-05 A Content-Length that is not digits only is refused, even where the body would match"
    )]
    [InlineData("2", "401")]
    [InlineData("02", "401")]
    [InlineData("+2", "400")]
    [InlineData("-0", "400")]
    [InlineData("2+", "400")]
    [InlineData("0x2", "400")]
    [InlineData("2.0", "400")]
    [InlineData("\u00B2", "400")]
    [InlineData("00000000000000000002", "400")]
    [InlineData("0000000000000000000000000000000000000002", "400")]
    public async Task Content_Length_that_is_not_digits_only_is_refused(
        string length,
        string status
    )
    {
        string answer = await RawConnection.Send(
            Url,
            $"POST /refresh HTTP/1.1\r\nHost: {new Uri(Url).Authority}\r\nOrigin: {Url}\r\n"
                + $"Content-Type: application/json\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{{}}"
        );
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
    }

    [Fact(
        DisplayName = "S-05 A request with Content-Length and chunks is read as chunks, and the connection is closed"
    )]
    public async Task Request_with_Content_Length_and_chunks_is_read_as_chunks_and_closed()
    {
        string smuggled = $"GET /healthz/live HTTP/1.1\r\nHost: {new Uri(Url).Authority}\r\n\r\n";
        string answer = await RawConnection.Send(
            Url,
            $"{Head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n{smuggled}"
        );
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Healthy", answer, StringComparison.Ordinal);
    }
}
