using System.Text.RegularExpressions;

namespace SessionAuth.Api.Devices;

/// <summary>
/// Detects browser and operating system from the User-Agent header, just well enough for users to tell their devices
/// apart. An unknown product is named by its first token, if that is plain text.
/// </summary>
internal static partial class UserAgent
{
    private const int LongestRead = 512;

    // Browsers also claim to be those further down: the first match is the most specific.
    private static readonly (string Token, string Name)[] Browsers =
    [
        ("Edg/", "Edge"),
        ("EdgA/", "Edge"),
        ("EdgiOS/", "Edge"),
        ("OPR/", "Opera"),
        ("Vivaldi/", "Vivaldi"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("YaBrowser/", "Yandex Browser"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Returns the browser and its major version.</summary>
    public static string Browser(string agent)
    {
        string text = Shortened(agent);
        foreach ((string token, string name) in Browsers)
        {
            int at = text.IndexOf(token, StringComparison.Ordinal);
            if (at < 0)
                continue;

            string version = new([
                .. text.Skip(at + token.Length).TakeWhile(char.IsAsciiDigit).Take(4),
            ]);
            return version.Length > 0 ? $"{name} {version}" : name;
        }

        Match plain = PlainProduct().Match(text);
        return plain.Success && plain.Groups["name"].Value != "Mozilla"
            ? plain.Value.Replace('/', ' ')
            : "Unknown browser";
    }

    /// <summary>Returns the operating system.</summary>
    public static string System(string agent)
    {
        string text = Shortened(agent);
        foreach ((string token, string name) in Systems)
        {
            if (text.Contains(token, StringComparison.Ordinal))
                return name;
        }

        return "Unknown system";
    }

    private static string Shortened(string agent) =>
        agent.Length <= LongestRead ? agent : agent[..LongestRead];

    [GeneratedRegex(
        @"^(?<name>[A-Za-z][A-Za-z0-9-]{0,29})/[0-9.]{1,10}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PlainProduct();
}
