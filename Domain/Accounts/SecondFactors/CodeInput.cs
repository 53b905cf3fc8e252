using System.Globalization;
using System.Text;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>
/// Normalizes codes as entered by users: keyboards of many scripts have their own digits, phones add spaces, lists
/// contain hyphens.
/// </summary>
internal static class CodeInput
{
    // U+FF01 to U+FF5E are the full-width forms of the ASCII characters from U+0021 on.
    private const int FirstWide = 0xFF01;
    private const int LastWide = 0xFF5E;
    private const int WideToAscii = FirstWide - '!';

    /// <summary>Converts digits of all scripts and full-width characters to ASCII, and removes separators.</summary>
    public static string Normalize(string typed)
    {
        StringBuilder plain = new(typed.Length);
        foreach (Rune rune in typed.EnumerateRunes())
        {
            Rune character = rune.Value is >= FirstWide and <= LastWide
                ? new(rune.Value - WideToAscii)
                : rune;
            UnicodeCategory category = Rune.GetUnicodeCategory(character);
            if (category == UnicodeCategory.DecimalDigitNumber)
                plain.Append((char)('0' + (int)Rune.GetNumericValue(character)));
            else if (!IsBetween(category))
                plain.Append(character.ToString());
        }
        return plain.ToString();
    }

    // White space, hyphens and dashes, and invisible characters such as directional marks.
    private static bool IsBetween(UnicodeCategory category) =>
        category
            is UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.DashPunctuation;
}
