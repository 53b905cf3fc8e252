using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Api.Passkeys;

/// <summary>What a challenge that comes back says.</summary>
/// <param name="State">What the answer is to be verified against.</param>
/// <param name="Answered">What its user has to remember of it.</param>
internal sealed record OpenedChallenge(string State, AnsweredChallenge Answered);

/// <summary>
/// The challenges that authenticators sign. Nothing is kept of one before it is answered: whoever asks for any number of
/// them takes no memory. It says itself until when it is good and what it is to be verified against, behind a signature that is
/// bound to its purpose. Once it is answered rightly, the user whose passkey it was remembers it, and it is good no more.
/// </summary>
/// <remarks>
/// Of an answer that is not right nothing is kept either. So a challenge may be answered again after a wrong answer, which
/// helps nobody to a signature.
/// </remarks>
internal sealed class SealedChallenges(Secrets secrets, TimeProvider clock)
{
    private const int TimeBytes = sizeof(long);
    private const int NonceBytes = 16;

    private static readonly TimeSpan s_good = TimeSpan.FromMinutes(5);

    private readonly SignedValue _signed = new(new KeyRing(secrets.Tokens, "passkey challenge"));

    /// <summary>A new challenge.</summary>
    /// <param name="purpose">What its answer is good for.</param>
    /// <param name="state">What to verify that against. Who has the challenge can read it.</param>
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

    /// <summary>What a challenge says; null when it is none of ours, for another purpose, or too old.</summary>
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
