using System.Net;
using System.Text.Json;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Assertions on answers, and calls that most tests make.</summary>
public static class Answers
{
    /// <summary>Asserts the status of an answer and returns its body.</summary>
    public static async Task<JsonElement> Answered(
        this Task<HttpResponseMessage> call,
        HttpStatusCode status
    )
    {
        using HttpResponseMessage answer = await call;
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} {body}");
        return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>Asserts that the answer is a problem with this status and code.</summary>
    public static async Task<JsonElement> Refused(
        this Task<HttpResponseMessage> call,
        HttpStatusCode status,
        string code
    )
    {
        using HttpResponseMessage answer = await call;
        return await Problem.Is(answer, status, code);
    }

    /// <summary>The answer of GET /me.</summary>
    public static async Task<JsonElement> Me(this BrowserClient browser) =>
        await browser.Get("/me").Answered(HttpStatusCode.OK);

    /// <summary>A newly registered user.</summary>
    public static async Task<(BrowserClient Browser, string Email)> NewUser(this RunningNode node)
    {
        BrowserClient browser = node.NewBrowser();
        string email = People.NewEmail();
        await browser.Register(email).Answered(HttpStatusCode.Created);
        return (browser, email);
    }
}
