using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;
using SessionAuth.Domain.Accounts;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Passkeys;

/// <summary>A verified challenge from a response.</summary>
/// <param name="State">The state of the ceremony, to verify the response against.</param>
/// <param name="Answered">What the account has to remember to prevent replay.</param>
internal sealed record OpenedChallenge(string State, AnsweredChallenge Answered);

/// <summary>
/// Stateless WebAuthn challenges: nothing is stored when one is issued, so that requesting many of them does not use
/// memory. A challenge contains its expiry and the state of the ceremony, signed for its purpose. After a valid
/// response, the account remembers it until it expires, to prevent replay.
/// </summary>
/// <remarks>
/// An invalid response is not remembered: a challenge may be answered again after it, which does not help an attacker
/// to forge a signature.
/// </remarks>
internal sealed class SealedChallenges(SecretSettings secrets, TimeProvider clock)
{
    private const int TimeBytes = sizeof(long);
    private const int NonceBytes = 16;

    private static readonly TimeSpan s_good = TimeSpan.FromMinutes(5);

    private readonly SignedValue _signed = new(new KeyRing(secrets.Tokens, "passkey challenge"));

    /// <summary>Creates a challenge.</summary>
    /// <param name="purpose">The purpose that it is bound to.</param>
    /// <param name="state">The state of the ceremony. It is signed, not encrypted.</param>
    public string Seal(ChallengePurpose purpose, string state)
    {
        byte[] content = new byte[TimeBytes + NonceBytes + Encoding.UTF8.GetByteCount(state)];
        BinaryPrimitives.WriteInt64BigEndian(
            content,
            (clock.GetUtcNow() + s_good).ToUnixTimeMilliseconds()
        );
        RandomNumberGenerator.Fill(content.AsSpan(TimeBytes, NonceBytes));
        Encoding.UTF8.GetBytes(state, content.AsSpan(TimeBytes + NonceBytes));
        return _signed.Sign(purpose.Value, Base64Url.EncodeToString(content));
    }

    /// <summary>Verifies a challenge; null if it is invalid, expired or for another purpose.</summary>
    public OpenedChallenge? Open(ChallengePurpose purpose, string challenge)
    {
        if (!_signed.TryVerify(purpose.Value, challenge, out ReadOnlySpan<char> value))
            return null;

        byte[] content = new byte[Base64Url.GetMaxDecodedLength(value.Length)];
        OperationStatus status = Base64Url.DecodeFromChars(value, content, out _, out int length);
        if (status != OperationStatus.Done || length < TimeBytes + NonceBytes)
            return null;

        DateTimeOffset goodUntil = DateTimeOffset.FromUnixTimeMilliseconds(
            BinaryPrimitives.ReadInt64BigEndian(content)
        );
        return clock.GetUtcNow() < goodUntil
            ? new(
                Encoding.UTF8.GetString(
                    content.AsSpan(TimeBytes + NonceBytes, length - TimeBytes - NonceBytes)
                ),
                new(Base64Url.EncodeToString(content.AsSpan(TimeBytes, NonceBytes)), goodUntil)
            )
            : null;
    }
}
