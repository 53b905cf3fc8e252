using OtpNet;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>
/// A second factor with one-time passwords (OTP): authenticator and account share a secret, and each code belongs to a
/// counter. Derived classes define the counter.
/// </summary>
public abstract class OtpFactor : ICodeFactor
{
    // The length of the hash (RFC 4226 §4).
    private const int SecretBytes = 20;

    private const long BeforeTheFirst = -1;

    /// <inheritdoc/>
    public abstract AuthenticationMethod Method { get; }

    /// <inheritdoc/>
    public bool IsFactor => true;

    /// <inheritdoc/>
    public bool IsAskedAfterPassword => true;

    /// <inheritdoc/>
    public bool VerifiesItsUser => false;

    /// <summary>Creates a random secret, in base32 as authenticators expect it.</summary>
    public static Secret NewSecret(AccountContext context) =>
        new(Base32Encoding.ToString(context.RandomBytes(SecretBytes)).TrimEnd('='));

    /// <inheritdoc/>
    public bool IsOn(Account account) => account.OtpOf(Method) is not null;

    /// <inheritdoc/>
    public Account? Spend(
        Account account,
        Secret code,
        ClientDevice device,
        AccountContext context
    ) =>
        account.OtpOf(Method) is { } known && Counter(known, code, context) is { } counter
            ? account.WithOtp(known with { LastCounter = counter })
            : null;

    /// <summary>Creates an authenticator with this secret and no used codes.</summary>
    /// <param name="secret">The secret in base32.</param>
    /// <param name="context">The time, settings and keys.</param>
    public OtpAuthenticator Authenticator(Secret secret, AccountContext context) =>
        new(
            Method,
            context.Secrets.Seal(context.Id, Purpose, Base32Encoding.ToBytes(secret.Text)),
            AddedAt: context.Now,
            LastCounter: BeforeTheFirst
        );

    /// <summary>
    /// The counter of a valid code that is later than the last used one; null if the code is wrong or was used before.
    /// </summary>
    public long? Counter(OtpAuthenticator authenticator, Secret code, AccountContext context) =>
        context.Secrets.Open(context.Id, Purpose, authenticator.Secret) is { } secret
        && Counter(secret, authenticator.LastCounter, CodeInput.Normalize(code.Text), context.Now)
            is { } counter
        && counter > authenticator.LastCounter
            ? counter
            : null;

    /// <summary>The secret as a URI for authenticators (Key URI format).</summary>
    /// <param name="issuer">The issuer, escaped.</param>
    /// <param name="email">The account's email, escaped.</param>
    /// <param name="secret">The secret in base32.</param>
    public abstract string KeyUri(string issuer, string email, Secret secret);

    /// <summary>The counter of a code; null if no currently acceptable counter matches.</summary>
    /// <param name="secret">The decrypted secret.</param>
    /// <param name="last">The counter of the last used code.</param>
    /// <param name="digits">The code, normalized.</param>
    /// <param name="now">The current time.</param>
    protected abstract long? Counter(byte[] secret, long last, string digits, DateTimeOffset now);

    // The purpose that the secret is encrypted for.
    private string Purpose => Method.ToString();
}
