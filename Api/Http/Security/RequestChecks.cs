using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SessionAuth.Api.Http.Problems;
using SessionAuth.OpenId.Hosting;

namespace SessionAuth.Api.Http.Security;

/// <summary>Enforces limits on request headers and bodies.</summary>
internal sealed class RequestChecks(RequestDelegate next)
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const int LargestBody = 64 * 1024;
    private const int LargestHeaders = 32 * 1024;
    private const int MostHeaders = 100;
    private const int LongestTarget = 8 * 1024;

    // How much Kestrel buffers of an unread request. It has to hold the largest headers.
    private const int LargestBuffer = 2 * LargestBody;

    // The maximum memory that one slow connection can hold.
    private const int MemoryOfAConnection = 256 * 1024;

    /// <summary>The maximum number of concurrent connections, limited by the available memory.</summary>
    private static long MostConnections { get; } =
        Math.Clamp(
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryOfAConnection,
            1_000,
            100_000
        );

    /// <summary>
    /// Sets Kestrel's limits. They are larger than those of this check, because Kestrel closes the connection without
    /// problem details.
    /// </summary>
    public static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = HeaderEncoding.Of;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.MaxRequestBufferSize = LargestBuffer;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 2 * LargestHeaders;
        kestrel.Limits.MaxRequestHeaderCount = 10 * MostHeaders;
        kestrel.Limits.MaxRequestLineSize = 8 * LongestTarget;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
    }

    public Task InvokeAsync(HttpContext context) =>
        Refusal(context.Request) is { } problem ? problem.ExecuteAsync(context) : next(context);

    private static ApiProblem? Refusal(HttpRequest request)
    {
        if (Target(request).Length > LongestTarget)
            return ApiProblems.InvalidBody(StatusCodes.Status414UriTooLong);
        if (request.Headers.Count > MostHeaders || HeaderSize(request) > LargestHeaders)
            return ApiProblems.InvalidBody(StatusCodes.Status431RequestHeaderFieldsTooLarge);
        if (request.ContentLength > LargestBody)
            return ApiProblems.InvalidBody(StatusCodes.Status413PayloadTooLarge);
        if (!HasBody(request))
            return null;
        // Applications send forms to the provider (RFC 6749 §3.2), and JSON goes nowhere there.
        if (OpenIdPaths.TakesForms(request.Path))
            return IsForm(request.ContentType) ? null : ApiProblems.NotForm;
        if (!IsJson(request.ContentType))
            return ApiProblems.InvalidBody(StatusCodes.Status415UnsupportedMediaType);

        // The framework throws on charsets that it does not know, such as a quoted one.
        request.ContentType = Json;
        return null;
    }

    private static string Target(HttpRequest request) =>
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static int HeaderSize(HttpRequest request)
    {
        // The colon, the space and the line end.
        const int Around = 4;
        int size = 0;
        foreach ((string name, StringValues values) in request.Headers)
        {
            foreach (string? value in values)
                size += name.Length + (value?.Length ?? 0) + Around;
        }

        return size;
    }

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    private static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase)
        && IsUtf8(type);

    // JSON is UTF-8 (RFC 8259 §8.1), with or without a charset parameter, quoted or not (RFC 9110 §8.3.1).
    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && IsUtf8(type);

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        type.Charset.Length == 0
        || HeaderUtilities
            .UnescapeAsQuotedString(type.Charset)
            .Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
