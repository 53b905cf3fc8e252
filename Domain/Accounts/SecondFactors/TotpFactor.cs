using OtpNet;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>An authenticator app (RFC 6238): six digits, thirty seconds, SHA-1, which all apps know.</summary>
public sealed class TotpFactor : ICodeFactor
{
    /// <summary>What its secret is sealed for.</summary>
    public const string Purpose = "totp";

    // As many as the hash has (RFC 4226 §4).
    private const int SecretBytes = 20;

    /// <inheritdoc/>
    public AuthenticationMethod Method => AuthenticationMethod.Totp;

    /// <inheritdoc/>
    public bool IsFactor => true;

    /// <inheritdoc/>
    public bool IsAskedAfterPassword => true;

    /// <inheritdoc/>
    public bool VerifiesItsUser => false;

    /// <inheritdoc/>
    public bool IsOn(Account account) => account.Totp is not null;

    /// <inheritdoc/>
    public Account? Spend(
        Account account,
        Secret code,
        ClientDevice device,
        AccountContext context
    ) =>
        account.Totp is { } app && Step(app, code, context) is { } step
            ? account with
            {
                Totp = app with { LastStep = step },
            }
            : null;

    /// <summary>An app with this secret.</summary>
    /// <param name="secret">The secret in base32.</param>
    /// <param name="context">The context.</param>
    public static AuthenticatorApp App(Secret secret, AccountContext context) =>
        new(
            context.Secrets.Seal(context.Id, Purpose, Base32Encoding.ToBytes(secret.Text)),
            AddedAt: context.Now,
            LastStep: 0
        );

    /// <summary>A new secret, in base32 as apps take it.</summary>
    public static Secret NewSecret(AccountContext context) =>
        new(Base32Encoding.ToString(context.RandomBytes(SecretBytes)).TrimEnd('='));

    /// <summary>
    /// The time step that the code belongs to: this one, the one before or the one after, and later than the last that was
    /// used; null when it is no such code. A step each way is for clocks that differ and for the time that typing takes
    /// (RFC 6238 §5.2, §6).
    /// </summary>
    public static long? Step(AuthenticatorApp app, Secret code, AccountContext context)
    {
        if (context.Secrets.Open(context.Id, Purpose, app.Secret) is not { } secret)
            return null;

        bool matches = new Totp(secret).VerifyTotp(
            context.Now.UtcDateTime,
            TypedCode.Plain(code.Text),
            out long step,
            new VerificationWindow(previous: 1, future: 1)
        );
        return matches && step > app.LastStep ? step : null;
    }
}
