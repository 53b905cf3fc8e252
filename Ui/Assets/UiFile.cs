using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SessionAuth.Ui.Assets;

/// <summary>One file of the pages, compressed when it is first asked for, and served with an ETag.</summary>
internal sealed class UiFile
{
    // The smallest size of the password-strength word list would cost seconds for a tenth of its bytes.
    private const int Large = 100_000;

    private readonly string _contentType;
    private readonly string _cacheControl;
    private readonly (string Encoding, Lazy<byte[]> Content, string Tag)[] _variants;

    /// <param name="content">The uncompressed content.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="cacheControl">The value of the <c>Cache-Control</c> header.</param>
    public UiFile(byte[] content, string contentType, string cacheControl)
    {
        _contentType = contentType;
        _cacheControl = cacheControl;
        CompressionLevel level =
            content.Length > Large ? CompressionLevel.Optimal : CompressionLevel.SmallestSize;
        string hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));
        _variants =
        [
            (
                "br",
                new(() => Compress(content, to => new BrotliStream(to, level))),
                $"\"{hash}-br\""
            ),
            (
                "gzip",
                new(() => Compress(content, to => new GZipStream(to, level))),
                $"\"{hash}-gz\""
            ),
            ("", new(content), $"\"{hash}\""),
        ];
    }

    /// <summary>Answers with the file, or with 304 when the browser's copy is current.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status of an answer with the file.</param>
    public async Task Serve(HttpContext context, int status = StatusCodes.Status200OK)
    {
        HttpRequest request = context.Request;
        HttpResponse response = context.Response;
        (string encoding, Lazy<byte[]> variant, string tag) = Accepted(
            request.Headers.AcceptEncoding
        );

        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.CacheControl = _cacheControl;
        response.Headers.ETag = tag;
        if (status == StatusCodes.Status200OK && request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        byte[] content = variant.Value;
        response.StatusCode = status;
        response.ContentType = _contentType;
        response.ContentLength = content.Length;
        if (encoding.Length > 0)
            response.Headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(request.Method))
            await response.Body.WriteAsync(content, context.RequestAborted);
    }

    private (string, Lazy<byte[]>, string) Accepted(StringValues accept)
    {
        IList<StringWithQualityHeaderValue> codings = StringWithQualityHeaderValue.TryParseList(
            accept,
            out IList<StringWithQualityHeaderValue>? parsed
        )
            ? parsed
            : [];
        foreach ((string Encoding, Lazy<byte[]>, string) variant in _variants)
        {
            if (
                variant.Encoding.Length == 0
                || codings.Any(coding =>
                    coding.Value == variant.Encoding && coding.Quality is not 0
                )
            )
                return variant;
        }

        return _variants[^1];
    }

    private static byte[] Compress(byte[] content, Func<Stream, Stream> compressor)
    {
        using MemoryStream compressed = new();
        using (Stream stream = compressor(compressed))
            stream.Write(content);
        return compressed.ToArray();
    }
}
