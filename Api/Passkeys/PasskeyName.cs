using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SessionAuth.Api.Passkeys;

/// <summary>A name for a passkey, chosen by the user.</summary>
internal static class PasskeyName
{
    private const int Longest = 64;

    /// <summary>Tries to parse a name as entered.</summary>
    public static bool TryParse(string typed, [NotNullWhen(true)] out string? name)
    {
        string text = typed.Trim();
        bool valid = text.EnumerateRunes().Count() is > 0 and <= Longest && !text.Any(EndsALine);
        name = valid ? text : null;
        return valid;
    }

    private static bool EndsALine(char character) =>
        CharUnicodeInfo.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
