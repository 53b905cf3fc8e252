using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace SessionAuth.Domain.SignIn;

/// <summary>
/// An email address in its canonical form: trimmed, NFKC, lower case, the domain as in the DNS (IDNA A-labels) and without
/// a trailing dot. It is made canonical first and validated then: two spellings of one mailbox must not get two owners.
/// </summary>
/// <remarks>
/// What mail servers may tell apart stays different: <c>a.da@</c> and <c>ada@</c>, <c>ada+news@</c> and <c>ada@</c>. Only an
/// address that every mail server accepts is valid: the part before the @ has to be a dot-string of RFC 5321, since few
/// servers accept letters outside ASCII there (SMTPUTF8, RFC 6531).
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

    /// <summary>Parses an address as typed; false when it is not valid.</summary>
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

    /// <summary>Whether an address is invalid only because of letters outside ASCII before its @.</summary>
    public static bool HasForeignLetters(string typed) =>
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

    // A domain with a trailing dot is the same domain (RFC 1034 §3.1), but not one that mail can be sent to (RFC 5321
    // §2.3.5). The other characters that IDNA takes for dots (RFC 3490 §3.1) are dots only after the mapping.
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
            // IdnMapping offers no Try method: what it refuses is not a domain.
            return null;
        }
    }

    // IDNA does not concern such labels, and would refuse domains that exist, such as ab--cd.example.
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
