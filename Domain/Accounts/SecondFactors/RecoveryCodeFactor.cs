using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>
/// Recovery codes: ten, each of 125 random bits, so that a fast hash keeps them (NIST SP 800-63B-4 §4.2.1.1, ASVS 6.5.2).
/// </summary>
public sealed class RecoveryCodeFactor : ICodeFactor
{
    /// <summary>How many there are.</summary>
    public const int Count = 10;

    private const int Groups = 5;
    private const int GroupCharacters = 5;

    // Crockford's base 32: no character that is read for another.
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

    /// <summary>A code as it is shown.</summary>
    /// <param name="bytes">25 random bytes or more, of which five bits each are used.</param>
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

    /// <summary>What is stored of a code, however it was typed.</summary>
    public static string Hash(UserId account, Secret code)
    {
        StringBuilder canonical = new(account.Value);
        foreach (char typed in TypedCode.Plain(code.Text).ToUpperInvariant())
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

    /// <summary>The hashes that are left when a code is used; null when it is none of them.</summary>
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
