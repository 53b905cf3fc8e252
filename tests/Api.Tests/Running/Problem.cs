using System.Net;
using System.Text.Json;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Assertions on problem documents.</summary>
public static class Problem
{
    /// <summary>Asserts that the answer is a problem document with this status and code; returns it.</summary>
    public static async Task<JsonElement> Is(
        HttpResponseMessage response,
        HttpStatusCode status,
        string code
    )
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        JsonElement problem = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal("urn:sessionauth:problem:" + code, problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem;
    }

    /// <summary>Asserts that the answer names the invalid field.</summary>
    public static async Task NamesField(HttpResponseMessage response, string field)
    {
        JsonElement problem = await Is(response, HttpStatusCode.BadRequest, "invalid-field");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out JsonElement sentences));
        Assert.NotEmpty(sentences[0].GetString()!);
    }
}
