using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>
/// The key of a grain that counts attempts. Accounts are counted by their ids, so that keys contain no email.
/// </summary>
[GenerateSerializer, Immutable, Alias("throttle-key")]
public readonly record struct ThrottleKey
{
    /// <summary>The number of grains that count attempts at unknown emails.</summary>
    public const int UnknownEmailShares = 1024;

    private const uint NetworkShares = 1024;
    private const string PasswordPrefix = "password/";
    private const string CodePrefix = "code/";
    private const string RecoveryPrefix = "recovery/";
    private const string UnknownEmailPrefix = "unknown-email/";
    private const string NetworkPrefix = "network/";
    private const string MailNetworkPrefix = "network/mail/";
    private const string ClientNetworkPrefix = "network/client/";

    private ThrottleKey(string value) => Value = value;

    /// <summary>The grain key.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>The kind of secret that the account throttle grain with this key counts.</summary>
    /// <exception cref="FormatException">The key is not an account throttle's.</exception>
    public static SecretKind SecretOf(string key) =>
        key.StartsWith(PasswordPrefix, StringComparison.Ordinal) ? SecretKind.Password
        : key.StartsWith(CodePrefix, StringComparison.Ordinal) ? SecretKind.Code
        : key.StartsWith(RecoveryPrefix, StringComparison.Ordinal) ? SecretKind.RecoveryCode
        : throw new FormatException("Not the key of an account throttle.");

    /// <summary>The key of attempts at a kind of secret of a user.</summary>
    public static ThrottleKey Of(SecretKind secret, UserId user) =>
        new(
            secret switch
            {
                SecretKind.Password => PasswordPrefix,
                SecretKind.Code => CodePrefix,
                SecretKind.RecoveryCode => RecoveryPrefix,
                _ => throw new ArgumentOutOfRangeException(nameof(secret)),
            } + user.Value
        );

    /// <summary>The key of attempts at a share of the unknown emails.</summary>
    /// <param name="share">The index of the share, below <see cref="UnknownEmailShares"/>.</param>
    public static ThrottleKey OfUnknownEmails(int share) =>
        new(UnknownEmailPrefix + share.ToString(CultureInfo.InvariantCulture));

    /// <summary>The key of the share that a network's failed attempts are counted in.</summary>
    public static ThrottleKey Of(ClientNetwork network) => new(NetworkPrefix + Share(network));

    /// <summary>The key of the share that a network's requests for emails are counted in.</summary>
    public static ThrottleKey OfMails(ClientNetwork network) =>
        new(MailNetworkPrefix + Share(network));

    /// <summary>
    /// The key of the share that failed authentications of applications from a network are counted in.
    /// </summary>
    public static ThrottleKey OfClients(ClientNetwork network) =>
        new(ClientNetworkPrefix + Share(network));

    // Stable across nodes and restarts, unlike GetHashCode.
    private static uint Share(ClientNetwork network) =>
        BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData(Encoding.ASCII.GetBytes(network.Widest))
        ) % NetworkShares;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
