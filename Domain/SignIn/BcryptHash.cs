using System.Globalization;
using System.Text.RegularExpressions;

namespace SessionAuth.Domain.SignIn;

/// <summary>
/// A bcrypt password hash: <c>$2b$10$</c>, 22 characters of salt, 31 of hash. <see cref="ToString"/> redacts it.
/// </summary>
/// <remarks>
/// The revisions 2a, 2b and 2y are equivalent; they mark bug fixes in other implementations. 2x, which marks hashes of
/// a faulty implementation, is not accepted.
/// </remarks>
public readonly partial record struct BcryptHash
{
    private const int Length = 60;

    private BcryptHash(string text, int cost)
    {
        Text = text;
        Cost = cost;
    }

    /// <summary>
    /// The highest cost that is verified at sign-in: 14, about a second. Each increment doubles the time.
    /// </summary>
    public static int HighestCost => 14;

    /// <summary>The hash, in bcrypt's encoding.</summary>
    public string Text { get; }

    /// <summary>The cost: the binary logarithm of the number of rounds.</summary>
    public int Cost { get; }

    /// <summary>Whether the cost is low enough to be verified at sign-in.</summary>
    public bool HasAcceptableCost => Cost <= HighestCost;

    /// <summary>Tries to parse a hash.</summary>
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
