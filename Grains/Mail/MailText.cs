using System.Globalization;
using System.Text;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Mail;

/// <summary>Text from people, and times, as they stand in mails.</summary>
internal static class MailText
{
    private const int MostCharacters = 100;

    /// <summary>A text in one line, cut where it is long, without what breaks lines or turns the order of the others around.</summary>
    public static string OneLine(string? text)
    {
        StringBuilder line = new();
        int characters = 0;
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            if (characters++ == MostCharacters)
            {
                line.Append('…');
                break;
            }
            line.Append(IsVisible(rune) ? rune.ToString() : " ");
        }
        return string.Join(' ', line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A time, in UTC.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A duration, in its one unit.</summary>
    public static string Duration(TimeSpan duration) =>
        duration >= TimeSpan.FromHours(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalHours:0} hours")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0} minutes");

    /// <summary>A device.</summary>
    public static string Device(ClientDevice device) =>
        $"{OneLine(device.Browser)}, {OneLine(device.System)}, {OneLine(device.Ip)}";

    // The joiners that emoji are made of are formats too: of those, only what turns directions is left out.
    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not UnicodeCategory.Control
                and not UnicodeCategory.LineSeparator
                and not UnicodeCategory.ParagraphSeparator
        && rune.Value is not (0x061C or 0x200E or 0x200F or >= 0x202A and <= 0x202E)
        && rune.Value is not (>= 0x2066 and <= 0x2069);
}
