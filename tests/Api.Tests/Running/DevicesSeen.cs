using System.Net.Http.Json;
using System.Text.Json;

namespace SessionAuth.Api.Tests.Running;

/// <summary>The list of devices as a page reads it.</summary>
public static class DevicesSeen
{
    public static async Task<(JsonElement[] Live, JsonElement[] Ended)> Of(BrowserClient browser)
    {
        using HttpResponseMessage response = await browser.Get("/sessions");
        response.EnsureSuccessStatusCode();
        JsonElement list = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (
            [.. list.GetProperty("sessions").EnumerateArray()],
            [.. list.GetProperty("ended").EnumerateArray()]
        );
    }

    /// <summary>Why a session ended, as another session of its user reads it; null while it has not.</summary>
    public static async Task<string?> ReasonOf(string session, BrowserClient seenBy)
    {
        (_, JsonElement[] ended) = await Of(seenBy);
        return ended
            .Where(past => past.GetProperty("id").GetString() == session)
            .Select(past => past.GetProperty("reason").GetString())
            .SingleOrDefault();
    }
}
