using System.Globalization;
using System.Net;
using SessionAuth.Domain;

namespace SessionAuth.Mail.Templates;

/// <summary>
/// Formats times and devices for emails. Text that an attacker can choose is never included (content injection): an
/// email from us that says "your account is locked, see https://…" would be believed, and mail programs make links of
/// such text.
/// </summary>
internal static class MailText
{
    private const int LongestVersion = 4;

    private static readonly HashSet<string> s_browsers =
    [
        "Chrome",
        "Edge",
        "Firefox",
        "Opera",
        "Safari",
        "Samsung Internet",
        "Vivaldi",
        "Yandex Browser",
    ];

    private static readonly HashSet<string> s_systems =
    [
        "Android",
        "ChromeOS",
        "Linux",
        "Windows",
        "iPad",
        "iPhone",
        "macOS",
    ];

    /// <summary>A time, in UTC.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A device: only names of known browsers and systems are shown.</summary>
    public static string Device(ClientDevice device) =>
        $"{Browser(device.Browser)}, {System(device.System)}, {IpAddress(device.Ip)}";

    private static string Browser(string text)
    {
        int space = text.LastIndexOf(' ');
        bool hasVersion =
            space > 0
            && text.Length - space - 1 is > 0 and <= LongestVersion
            && text[(space + 1)..].All(char.IsAsciiDigit);
        return s_browsers.Contains(hasVersion ? text[..space] : text) ? text : "an unknown program";
    }

    private static string System(string text) =>
        s_systems.Contains(text) ? text : "an unknown system";

    private static string IpAddress(string text) =>
        IPAddress.TryParse(text, out IPAddress? address)
            ? address.ToString()
            : "an unknown IP address";
}
