using OtpNet;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.SecondFactors;

/// <summary>
/// Authenticator apps (RFC 6238), with the parameters that all of them support: six digits, thirty seconds, SHA-1.
/// </summary>
public sealed class TotpFactor : OtpFactor
{
    /// <inheritdoc/>
    public override AuthenticationMethod Method => AuthenticationMethod.Totp;

    /// <inheritdoc/>
    public override string KeyUri(string issuer, string email, Secret secret) =>
        $"otpauth://totp/{issuer}:{email}?secret={secret.Text}&issuer={issuer}";

    /// <summary>
    /// Accepts the current time step, the previous and the next one, to allow for clock skew and for the time that
    /// entering a code takes (RFC 6238 §5.2, §6).
    /// </summary>
    protected override long? Counter(byte[] secret, long last, string digits, DateTimeOffset now) =>
        new Totp(secret).VerifyTotp(
            now.UtcDateTime,
            digits,
            out long step,
            new VerificationWindow(previous: 1, future: 1)
        )
            ? step
            : null;
}
