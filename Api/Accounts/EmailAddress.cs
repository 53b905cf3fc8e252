using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace SessionAuth.Api.Accounts;

/// <summary>
/// An address in its one canonical form: trimmed, NFKC, lower case, its domain as the DNS has it (IDNA A-labels) and
/// without the dot of the root. Canonical first, then validated: two spellings of one mailbox must not become two owners.
/// </summary>
/// <remarks>
/// What mail takes for different stays different: <c>a.da@</c> and <c>ada@</c>, <c>ada+news@</c> and <c>ada@</c>. Only what
/// every server of mails can be given is an address: before the @ letters, digits and punctuation of ASCII, which is
/// RFC 5321's dot-string, since few servers take others (SMTPUTF8, RFC 6531).
/// </remarks>
internal sealed record EmailAddress
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;
    private const int LongestTyped = 1024;
    private const string LocalPunctuation = "!#$%&'*+-/=?^_`{|}~.";
    private const string IdnaPrefix = "xn--";

    private static readonly IdnMapping Idna = new() { UseStd3AsciiRules = true };

    private EmailAddress(string value) => Value = value;

    /// <summary>The canonical form.</summary>
    public string Value { get; }

    /// <summary>Reads an address as typed; false when it is none.</summary>
    public static bool TryParse(string typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        if (Normal(typed) is not { } text)
            return false;

        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !IsLocalPart(text[..at]) || !TryDomain(text[(at + 1)..], out string? domain))
            return false;

        string canonical = $"{text[..at]}@{domain}";
        if (canonical.Length > LongestAddress)
            return false;

        address = new(canonical);
        return true;
    }

    /// <summary>Whether a text would be an address, were there not letters before its @ that mail cannot be sent to.</summary>
    public static bool HasForeignLetters(string typed) =>
        Normal(typed) is { } text
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && text[..at].Any(c => !char.IsAscii(c) && char.IsLetterOrDigit(c))
        && TryDomain(text[(at + 1)..], out _);

    private static string? Normal(string typed) =>
        // U+FFFE is no character; normalizing throws at it.
        typed.Length > LongestTyped
        || typed.Contains('\uFFFE', StringComparison.Ordinal)
            ? null
            : typed.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();

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
        domain = Ascii(text) is { } ascii && IsHostName(ascii) ? ascii : null;
        return domain is not null;
    }

    // A name with the dot of the root at its end is the same name (RFC 1034 §3.1), and mail is not sent to it
    // (RFC 5321 §2.3.5). The other dots of IDNA (RFC 3490 §3.1) are dots only after the mapping.
    private static string? Ascii(string text)
    {
        if (IsPlainAscii(text.Split('.')))
            return WithoutRoot(text);

        try
        {
            return WithoutRoot(Idna.GetAscii(text).ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            // IdnMapping has no way to ask: what it refuses is no domain.
            return null;
        }
    }

    // IDNA has nothing to say of such labels; it would refuse names that exist, such as ab--cd.example.
    private static bool IsPlainAscii(string[] labels) =>
        labels.All(label =>
            label.All(char.IsAscii) && !label.StartsWith(IdnaPrefix, StringComparison.Ordinal)
        );

    private static string WithoutRoot(string name) => name.EndsWith('.') ? name[..^1] : name;

    private static bool IsHostName(string ascii) =>
        ascii.Contains('.', StringComparison.Ordinal)
        && ascii
            .Split('.')
            .All(label =>
                label.Length is > 0 and <= 63
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                && label[0] != '-'
                && label[^1] != '-'
            )
        && !IPAddress.TryParse(ascii, out _)
        && !char.IsAsciiDigit(ascii[^1]);
}
