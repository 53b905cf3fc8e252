using System.Net;
using System.Text.Json;

namespace SessionAuth.Api.Tests.Running;

/// <summary>What was answered, in a few words.</summary>
public static class Answers
{
    /// <summary>Asserts the status of an answer, and gives its body.</summary>
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

    /// <summary>Asserts that the answer is a problem.</summary>
    public static async Task<JsonElement> Refused(
        this Task<HttpResponseMessage> call,
        HttpStatusCode status,
        string code
    )
    {
        using HttpResponseMessage answer = await call;
        return await Problem.Is(answer, status, code);
    }

    /// <summary>What GET /me says.</summary>
    public static async Task<JsonElement> Me(this BrowserClient browser) =>
        await browser.Get("/me").Answered(HttpStatusCode.OK);

    /// <summary>Somebody who has just registered.</summary>
    public static async Task<(BrowserClient Browser, string Address)> NewPerson(
        this RunningNode node
    )
    {
        BrowserClient browser = node.NewBrowser();
        string address = People.NewAddress();
        await browser.Register(address).Answered(HttpStatusCode.Created);
        return (browser, address);
    }
}
