using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace SessionAuth.Api.Accounts;

/// <summary>
/// An address in its one canonical form: trimmed, NFKC, lower case, its domain in IDNA. Canonical first, then
/// validated: two spellings of one address must not become two owners.
/// </summary>
internal sealed record EmailAddress
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;
    private const int LongestTyped = 1024;
    private const string LocalPunctuation = "!#$%&'*+-/=?^_`{|}~.";

    private static readonly IdnMapping Idna = new() { UseStd3AsciiRules = true };

    private EmailAddress(string value) => Value = value;

    /// <summary>The canonical form.</summary>
    public string Value { get; }

    /// <summary>Reads an address as typed; false when it is none.</summary>
    public static bool TryParse(string typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        // U+FFFE is no character; normalizing throws at it.
        if (typed.Length > LongestTyped || typed.Contains('\uFFFE', StringComparison.Ordinal))
            return false;

        string text = typed.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !IsLocalPart(text[..at]) || !TryDomain(text[(at + 1)..], out string? domain))
            return false;

        string canonical = $"{text[..at]}@{domain}";
        if (canonical.Length > LongestAddress)
            return false;

        address = new(canonical);
        return true;
    }

    private static bool IsLocalPart(string part) =>
        part.Length is > 0 and <= LongestLocalPart
        && part.All(c =>
            char.IsAsciiLetterOrDigit(c) || LocalPunctuation.Contains(c, StringComparison.Ordinal)
        )
        && part[0] != '.'
        && part[^1] != '.'
        && !part.Contains("..", StringComparison.Ordinal);

    private static bool TryDomain(string text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        try
        {
            string ascii = Idna.GetAscii(text).ToLowerInvariant();
            bool named =
                ascii.Contains('.', StringComparison.Ordinal)
                && Uri.CheckHostName(ascii) == UriHostNameType.Dns
                && !IPAddress.TryParse(ascii, out _)
                && !char.IsAsciiDigit(ascii[^1]);
            domain = named ? ascii : null;
        }
        catch (ArgumentException)
        {
            // IdnMapping has no way to ask: what it refuses is no domain.
        }

        return domain is not null;
    }
}
