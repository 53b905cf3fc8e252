using System.Globalization;
using System.Text.RegularExpressions;

namespace SessionAuth.Domain.SignIn;

/// <summary>A password's hash as bcrypt writes it: <c>$2b$10$</c>, 22 characters of salt, 31 of hash. <see cref="ToString"/> redacts it.</summary>
/// <remarks>
/// The revisions 2a, 2b and 2y compute the same; they mark bug fixes in other programs. 2x, made for the hashes of a
/// faulty program, computes something else and is not accepted.
/// </remarks>
public readonly partial record struct BcryptHash
{
    private const int Length = 60;

    private BcryptHash(string text, int cost)
    {
        Text = text;
        Cost = cost;
    }

    /// <summary>The highest cost that is computed for a sign-in: 14, about a second. Each further one doubles the time.</summary>
    public static int HighestCost => 14;

    /// <summary>The hash.</summary>
    public string Text { get; }

    /// <summary>The binary logarithm of the number of rounds.</summary>
    public int Cost { get; }

    /// <summary>Whether it can be verified in acceptable time.</summary>
    public bool IsBearable => Cost <= HighestCost;

    /// <summary>Parses a hash; false when the text is not one.</summary>
    public static bool TryParse(string? text, out BcryptHash hash)
    {
        hash = default;
        if (text is not { Length: Length } || !Shape().IsMatch(text))
            return false;

        hash = new(text, int.Parse(text.AsSpan(4, 2), CultureInfo.InvariantCulture));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";

    [GeneratedRegex(@"^\$2[aby]\$(0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}\z")]
    private static partial Regex Shape();
}
