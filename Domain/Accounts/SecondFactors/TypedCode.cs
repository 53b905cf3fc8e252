using System.Globalization;
using System.Text;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>
/// A code as people type it: keyboards of many scripts have digits of their own, phones add spaces, lists have hyphens.
/// </summary>
internal static class TypedCode
{
    // U+FF01 to U+FF5E are the ASCII characters from U+0021 on, as wide as ideographs.
    private const int FirstWide = 0xFF01;
    private const int LastWide = 0xFF5E;
    private const int WideToAscii = FirstWide - '!';

    /// <summary>The letters and digits of it, digits of all scripts as those of ASCII, without what stands between them.</summary>
    public static string Plain(string typed)
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

    // White space, hyphens and dashes, and characters that nobody sees, such as marks of direction.
    private static bool IsBetween(UnicodeCategory category) =>
        category
            is UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.DashPunctuation;
}
