using System.Globalization;
using System.Text.RegularExpressions;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A password's hash as bcrypt writes it: <c>$2b$10$</c>, 22 characters of salt, 31 of hash. Never printed.</summary>
/// <remarks>
/// The revisions 2a, 2b and 2y name fixes in other programs, and compute the same. 2x is the one that computes
/// something else, for the hashes of a program that was wrong.
/// </remarks>
public readonly partial record struct BcryptHash
{
    private const int Length = 60;

    private BcryptHash(string text, int cost)
    {
        Text = text;
        Cost = cost;
    }

    /// <summary>The most that is computed for a sign-in: 14, about a second. Each one more doubles it.</summary>
    public static int HighestCost => 14;

    /// <summary>The hash.</summary>
    public string Text { get; }

    /// <summary>The binary logarithm of the rounds.</summary>
    public int Cost { get; }

    /// <summary>Whether it can be verified at a bearable price.</summary>
    public bool IsBearable => Cost <= HighestCost;

    /// <summary>Reads a hash; false when the text is none.</summary>
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
