using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace SessionAuth.Domain.SignIn;

/// <summary>
/// An email address in canonical form: trimmed, NFKC, lower case, the domain in IDNA A-labels and without a trailing
/// dot. It is canonicalized before it is validated: two spellings of one mailbox must not have two owners.
/// </summary>
/// <remarks>
/// Addresses that mail servers may distinguish stay distinct: <c>a.da@</c> and <c>ada@</c>, <c>ada+news@</c> and
/// <c>ada@</c>. Only addresses that every mail server accepts are valid: the local part has to be a dot-string of RFC
/// 5321, since few servers accept non-ASCII letters there (SMTPUTF8, RFC 6531).
/// </remarks>
public sealed record EmailAddress
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

    /// <summary>Tries to parse an email as entered by the user.</summary>
    public static bool TryParse(string typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        ArgumentNullException.ThrowIfNull(typed);
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

    /// <summary>Whether an email is invalid only because of non-ASCII letters in its local part.</summary>
    public static bool HasNonAsciiLocalPart(string typed) =>
        Normal(typed) is { } text
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && text[..at].Any(c => !char.IsAscii(c) && char.IsLetterOrDigit(c))
        && TryDomain(text[(at + 1)..], out _);

    private static string? Normal(string typed) =>
        // U+FFFE is not a character, and Normalize throws for it.
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

    // A domain with a trailing dot is the same domain (RFC 1034 §3.1), but is not valid in SMTP (RFC 5321 §2.3.5). The
    // other characters that IDNA treats as dots (RFC 3490 §3.1) become dots only by the mapping.
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
            // IdnMapping has no Try method. It throws for text that is not a domain.
            return null;
        }
    }

    // IDNA does not apply to such labels, and would reject existing domains such as ab--cd.example.
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
