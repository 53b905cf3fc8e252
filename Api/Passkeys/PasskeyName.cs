using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SessionAuth.Api.Passkeys;

/// <summary>The name that a user gives a passkey.</summary>
internal static class PasskeyName
{
    private const int Longest = 64;

    /// <summary>Reads a name as typed; false when it is none.</summary>
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
