using OtpNet;
using SessionAuth.Domain;

namespace SessionAuth.Grains.Users;

/// <summary>Codes of authenticator apps (RFC 6238): six digits, thirty seconds, SHA-1, which all apps know.</summary>
internal static class TotpCodes
{
    /// <summary>The bytes of a secret: as many as the hash has (RFC 4226 §4).</summary>
    public const int SecretBytes = 20;

    /// <summary>The secret as apps take it.</summary>
    public static Secret Text(byte[] secret) => new(Base32Encoding.ToString(secret).TrimEnd('='));

    /// <summary>
    /// The time step that the code belongs to: this one, the one before or the one after, and later than the last that was
    /// used; null when it is no such code. A step each way is for clocks that differ and for the time that typing takes
    /// (RFC 6238 §5.2, §6).
    /// </summary>
    public static long? Step(byte[] secret, Secret code, DateTimeOffset now, long lastStep)
    {
        Totp totp = new(secret);
        bool matches = totp.VerifyTotp(
            now.UtcDateTime,
            TypedCode.Plain(code.Text),
            out long step,
            new VerificationWindow(previous: 1, future: 1)
        );
        return matches && step > lastStep ? step : null;
    }
}
