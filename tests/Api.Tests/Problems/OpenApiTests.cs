using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>The OpenAPI document lists every call and every status.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class OpenApiTests(SharedNode shared)
{
    [Theory]
    [InlineData("post", "/register", "201 202 400 403 408 409 413 414 415 429 431 500 503")]
    [InlineData("post", "/login", "200 400 401 403 408 413 414 415 429 431 500 503")]
    [InlineData("post", "/logout", "204 400 403 413 414 415 431 500 503")]
    [InlineData("post", "/refresh", "204 400 401 403 413 414 415 431 500 503")]
    [InlineData("get", "/test", "200 400 401 403 413 414 415 431 500 503")]
    [InlineData("get", "/me", "200 400 401 413 414 415 431 500 503")]
    [InlineData("get", "/sessions", "200 400 401 403 413 414 415 431 500 503")]
    [InlineData("delete", "/sessions/{id}", "204 400 401 403 404 413 414 415 431 500 503")]
    [InlineData(
        "delete",
        "/sessions/{id}/applications/{application}",
        "204 400 401 403 404 413 414 415 431 500 503"
    )]
    [InlineData("delete", "/sessions", "204 400 401 403 413 414 415 431 500 503")]
    [InlineData("get", "/sessions/events", "200 400 401 413 414 415 429 431 500 503")]
    [InlineData("post", "/login/passkey/options", "200 400 403 409 413 414 415 431 500 503")]
    [InlineData("post", "/login/passkey", "200 400 401 403 408 409 413 414 415 431 500 503")]
    [InlineData("get", "/passkeys", "200 400 401 413 414 415 431 500 503")]
    [InlineData("post", "/passkeys/options", "200 400 401 403 409 413 414 415 431 500 503")]
    [InlineData("post", "/passkeys", "201 400 401 403 408 409 413 414 415 431 500 503")]
    [InlineData("delete", "/passkeys/{id}", "204 400 401 403 404 409 413 414 415 431 500 503")]
    [InlineData("post", "/login/second-factor", "200 400 401 403 408 413 414 415 429 431 500 503")]
    [InlineData("post", "/step-up", "204 400 401 403 408 413 414 415 429 431 500 503")]
    [InlineData("post", "/email/verification", "202 400 401 403 409 413 414 415 429 431 500 503")]
    [InlineData(
        "post",
        "/email/verification/confirm",
        "200 400 401 403 408 413 414 415 429 431 500 503"
    )]
    [InlineData("post", "/email/change", "202 400 401 403 408 413 414 415 429 431 500 503")]
    [InlineData("post", "/email/change/confirm", "200 400 401 403 408 409 413 414 415 431 500 503")]
    [InlineData("get", "/password/policy", "200 400 413 414 415 431 500 503")]
    [InlineData("post", "/password/change", "204 400 401 403 408 413 414 415 429 431 500 503")]
    [InlineData("post", "/password/forgot", "202 400 403 408 413 414 415 429 431 500 503")]
    [InlineData("post", "/password/reset", "204 400 403 408 413 414 415 431 500 503")]
    [InlineData("post", "/factors/{factor}", "200 400 401 403 404 409 413 414 415 431 500 503")]
    [InlineData(
        "post",
        "/factors/{factor}/confirm",
        "200 400 401 403 404 408 409 413 414 415 429 431 500 503"
    )]
    [InlineData("delete", "/factors/{factor}", "204 400 401 403 404 409 413 414 415 431 500 503")]
    [InlineData("post", "/factors/recovery-codes", "200 400 401 403 404 413 414 415 431 500 503")]
    [InlineData("get", "/me/activity", "200 400 401 403 413 414 415 431 500 503")]
    [InlineData("get", "/me/export", "200 400 401 403 413 414 415 431 500 503")]
    [InlineData("delete", "/me", "204 400 401 403 413 414 415 431 500 503")]
    [InlineData("get", "/healthz/live", "200")]
    [InlineData("get", "/healthz/ready", "200 503")]
    [InlineData("get", "/healthz/storage", "200 503")]
    public async Task OpenAPI_lists_each_call_with_each_status_that_it_answers(
        string method,
        string path,
        string statuses
    )
    {
        JsonElement call = (await Document())
            .GetProperty("paths")
            .GetProperty(path)
            .GetProperty(method);
        IEnumerable<string> documented = call.GetProperty("responses")
            .EnumerateObject()
            .Select(answer => answer.Name);
        Assert.Equal(statuses.Split(' '), documented.Order());
        Assert.NotEmpty(call.GetProperty("summary").GetString()!);
    }

    [Fact]
    public async Task OpenAPI_names_the_URL_of_the_API()
    {
        JsonElement server = Assert.Single(
            (await Document()).GetProperty("servers").EnumerateArray()
        );
        Assert.Equal(shared.Node.Url, server.GetProperty("url").GetString());
    }

    [Fact]
    public async Task OpenAPI_lists_no_other_calls()
    {
        IEnumerable<JsonProperty> calls = (await Document())
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject());
        Assert.Equal(38, calls.Count());
    }

    private async Task<JsonElement> Document()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage response = await browser.Get("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
