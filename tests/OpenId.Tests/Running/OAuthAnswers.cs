using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.OpenId.Tests.Running;

/// <summary>Assertions on answers of the provider.</summary>
public static class OAuthAnswers
{
    /// <summary>Asserts an error in the form of OAuth (RFC 6749 §5.2).</summary>
    public static async Task Fails(
        this Task<HttpResponseMessage> call,
        string error,
        HttpStatusCode status = HttpStatusCode.BadRequest
    )
    {
        JsonElement body = await call.Answered(status);
        Assert.Equal(error, body.GetProperty("error").GetString());
        Assert.False(body.TryGetProperty("error_uri", out _));
    }

    /// <summary>Asserts that the answer is a page, and that it leads nowhere by itself.</summary>
    public static async Task<string> IsPage(
        this Task<HttpResponseMessage> call,
        HttpStatusCode status = HttpStatusCode.BadRequest
    )
    {
        using HttpResponseMessage answer = await call;
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} {body}");
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Null(answer.Headers.Location);
        Assert.Contains(
            "frame-ancestors 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        return body;
    }

    /// <summary>Asserts a redirect to one of the pages, and returns the sealed request that it brings.</summary>
    public static async Task<string> LeadsTo(this Task<HttpResponseMessage> call, string page)
    {
        using HttpResponseMessage answer = await call;
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Uri location = answer.Headers.Location!;
        Assert.Equal(page, location.AbsolutePath);
        return Microsoft
            .AspNetCore.WebUtilities.QueryHelpers.ParseQuery(location.Query)["return"]
            .Single()!;
    }
}
