using System.Net.Http.Json;

namespace SessionAuth.Api.Tests.Running;

/// <summary>The answer of <c>GET /sessions</c>.</summary>
public sealed record DeviceListing(
    IReadOnlyList<DeviceListing.Live> Sessions,
    IReadOnlyList<DeviceListing.Past> Ended
)
{
    public sealed record Live(
        string Id,
        string Browser,
        string System,
        string Ip,
        DateTimeOffset CreatedAt,
        DateTimeOffset LastSeenAt,
        DateTimeOffset ExpiresAt,
        bool Current
    );

    public sealed record Past(
        string Id,
        string Browser,
        string System,
        string Ip,
        DateTimeOffset CreatedAt,
        DateTimeOffset LastSeenAt,
        DateTimeOffset EndedAt,
        string Reason
    );

    /// <summary>Requests <c>GET /sessions</c>.</summary>
    public static async Task<DeviceListing> Of(BrowserClient browser)
    {
        using HttpResponseMessage response = await browser.Get("/sessions");
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<DeviceListing>())!;
    }

    /// <summary>The end reason with which a session is listed.</summary>
    public static async Task<string> Reason(BrowserClient browser, string session) =>
        Assert.Single((await Of(browser)).Ended, past => past.Id == session).Reason;
}
