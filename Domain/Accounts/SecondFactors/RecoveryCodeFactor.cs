using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>
/// Recovery codes: ten, each with 125 random bits, which is enough for storing them with a fast hash (NIST SP 800-63B-4
/// §4.2.1.1, ASVS 6.5.2).
/// </summary>
public sealed class RecoveryCodeFactor : ICodeFactor
{
    /// <summary>The number of recovery codes.</summary>
    public const int Count = 10;

    private const int Groups = 5;
    private const int GroupCharacters = 5;

    // Crockford's base32, without easily confused characters.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <inheritdoc/>
    public AuthenticationMethod Method => AuthenticationMethod.RecoveryCode;

    /// <inheritdoc/>
    public bool IsFactor => false;

    /// <inheritdoc/>
    public bool IsAskedAfterPassword => false;

    /// <inheritdoc/>
    public bool VerifiesItsUser => false;

    /// <inheritdoc/>
    public bool IsOn(Account account) => account.RecoveryCodes.Count > 0;

    /// <inheritdoc/>
    public Account? Spend(
        Account account,
        Secret code,
        ClientDevice device,
        AccountContext context
    ) =>
        Without(account.RecoveryCodes, context.Id, code) is { } left
            ? (account with { RecoveryCodes = left })
                .Recording(AccountEventKind.RecoveryCodeUsed, context, device)
                .WithMail(
                    MailKind.RecoveryCodeUsed,
                    account.Email!,
                    context,
                    device,
                    left.Count.ToString(CultureInfo.InvariantCulture)
                )
            : null;

    /// <summary>Formats a code for display.</summary>
    /// <param name="bytes">At least 25 random bytes, of each of which five bits are used.</param>
    public static Secret Shown(ReadOnlySpan<byte> bytes)
    {
        StringBuilder shown = new();
        for (int i = 0; i < Groups * GroupCharacters; i++)
        {
            if (i > 0 && i % GroupCharacters == 0)
                shown.Append('-');
            shown.Append(Alphabet[bytes[i] % Alphabet.Length]);
        }

        return new(shown.ToString());
    }

    /// <summary>The stored hash of a code, tolerant of how it was entered.</summary>
    public static string Hash(UserId account, Secret code)
    {
        StringBuilder canonical = new(account.Value);
        foreach (char typed in CodeInput.Normalize(code.Text).ToUpperInvariant())
        {
            char c = typed switch
            {
                'O' => '0',
                'I' or 'L' => '1',
                _ => typed,
            };
            if (Alphabet.Contains(c, StringComparison.Ordinal))
                canonical.Append(c);
        }

        return Convert.ToHexStringLower(
            SHA256.HashData(Encoding.ASCII.GetBytes(canonical.ToString()))
        );
    }

    /// <summary>The remaining hashes after a code is used, compared in constant time; null if none matches.</summary>
    private static IReadOnlyList<string>? Without(
        IReadOnlyList<string> hashes,
        UserId account,
        Secret code
    )
    {
        byte[] presented = Encoding.ASCII.GetBytes(Hash(account, code));
        string? used = null;
        foreach (string hash in hashes)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), presented))
                used = hash;
        }

        return used is null ? null : [.. hashes.Where(hash => hash != used)];
    }
}
