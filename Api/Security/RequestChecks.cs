using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Security;

/// <summary>Refuses hosts that are not ours, and headers and bodies over the limits, before anything acts on them.</summary>
internal sealed class RequestChecks(RequestDelegate next, Origins origins)
{
    private const int LargestBody = 64 * 1024;
    private const int LargestHeaders = 32 * 1024;
    private const int MostHeaders = 100;
    private const int LongestTarget = 8 * 1024;

    /// <summary>The limits that Kestrel keeps; over its own, larger ones it closes the connection without a problem document.</summary>
    public static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 2 * LargestHeaders;
        kestrel.Limits.MaxRequestHeaderCount = 10 * MostHeaders;
        kestrel.Limits.MaxRequestLineSize = 8 * LongestTarget;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
    }

    public Task InvokeAsync(HttpContext context) =>
        Refusal(context.Request) is { } problem ? problem.ExecuteAsync(context) : next(context);

    private ApiProblem? Refusal(HttpRequest request)
    {
        if (!IsOurs(request))
            return ApiProblems.UnknownHost;
        if (Target(request).Length > LongestTarget)
            return ApiProblems.InvalidBody(StatusCodes.Status414UriTooLong);
        if (request.Headers.Count > MostHeaders || HeaderSize(request) > LargestHeaders)
            return ApiProblems.InvalidBody(StatusCodes.Status431RequestHeaderFieldsTooLarge);
        if (request.ContentLength > LargestBody)
            return ApiProblems.InvalidBody(StatusCodes.Status413PayloadTooLarge);
        return HasBody(request) && !IsJson(request.ContentType)
            ? ApiProblems.InvalidBody(StatusCodes.Status415UnsupportedMediaType)
            : null;
    }

    private bool IsOurs(HttpRequest request)
    {
        string? host = request.Host.Value;
        return string.Equals(host, origins.Ui.Authority, StringComparison.OrdinalIgnoreCase)
            || string.Equals(host, origins.Api.Authority, StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal);
    }

    private static string Target(HttpRequest request) =>
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static int HeaderSize(HttpRequest request)
    {
        // A colon, a space and the end of the line.
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

    // JSON travels as UTF-8 (RFC 8259 §8.1); at a charset that the framework does not know it would throw.
    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (
            string.IsNullOrEmpty(type.CharSet)
            || type.CharSet.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        );
}
