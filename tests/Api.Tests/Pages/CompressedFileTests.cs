using System.IO.Compression;
using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Pages;

/// <summary>A browser gets the files of the pages in an encoding that it accepts, and only once.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class CompressedFileTests(SharedNode shared)
{
    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Browser_gets_a_page_in_the_encoding_that_it_accepts(string encoding)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage plain = await Get(browser, ("Accept-Encoding", "identity"));
        using HttpResponseMessage answer = await Get(browser, ("Accept-Encoding", encoding));

        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
        byte[] content = await plain.Content.ReadAsByteArrayAsync();
        byte[] compressed = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(compressed.Length < content.Length / 2);
        Assert.Equal(content, Decompress(compressed, encoding));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task Browser_gets_a_page_that_has_not_changed_only_once(string encoding)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage first = await Get(browser, ("Accept-Encoding", encoding));
        using HttpResponseMessage again = await Get(
            browser,
            ("Accept-Encoding", encoding),
            ("If-None-Match", first.Headers.ETag!.Tag)
        );

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    private static async Task<HttpResponseMessage> Get(
        BrowserClient browser,
        params (string Name, string Value)[] headers
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await browser.Send(request);
    }

    private static byte[] Decompress(byte[] compressed, string encoding)
    {
        using MemoryStream from = new(compressed);
        using Stream decoder =
            encoding == "br"
                ? new BrotliStream(from, CompressionMode.Decompress)
                : new GZipStream(from, CompressionMode.Decompress);
        using MemoryStream content = new();
        decoder.CopyTo(content);
        return content.ToArray();
    }
}
