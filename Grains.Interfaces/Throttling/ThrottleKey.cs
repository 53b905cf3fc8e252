using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>
/// The key of a grain that counts tries. Accounts are counted by their ids, which say nothing of anybody's address.
/// </summary>
[GenerateSerializer, Immutable, Alias("throttle-key")]
public readonly record struct ThrottleKey
{
    /// <summary>How many grains count the tries at addresses that nobody owns.</summary>
    public const int NobodyShares = 1024;

    private const uint NetworkShares = 1024;
    private const string PasswordPrefix = "password/";
    private const string CodePrefix = "code/";
    private const string RecoveryPrefix = "recovery/";
    private const string NobodyPrefix = "nobody/";
    private const string NetworkPrefix = "network/";
    private const string MailNetworkPrefix = "network/mail/";

    private ThrottleKey(string value) => Value = value;

    /// <summary>The grain key.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>The kind of secrets that the grain of an account with this key counts.</summary>
    /// <exception cref="FormatException">The key is no account's.</exception>
    public static SecretKind SecretOf(string key) =>
        key.StartsWith(PasswordPrefix, StringComparison.Ordinal) ? SecretKind.Password
        : key.StartsWith(CodePrefix, StringComparison.Ordinal) ? SecretKind.Code
        : key.StartsWith(RecoveryPrefix, StringComparison.Ordinal) ? SecretKind.RecoveryCode
        : throw new FormatException("No key of an account's tries.");

    /// <summary>Counts a kind of secrets of a user.</summary>
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

    /// <summary>Counts passwords at a share of the addresses that nobody owns.</summary>
    /// <param name="share">Which: one of <see cref="NobodyShares"/>.</param>
    public static ThrottleKey OfNobody(int share) =>
        new(NobodyPrefix + share.ToString(CultureInfo.InvariantCulture));

    /// <summary>Counts by network: each grain counts those of a share of all networks.</summary>
    public static ThrottleKey Of(ClientNetwork network) => new(NetworkPrefix + Share(network));

    /// <summary>Counts the mails that a network asks for.</summary>
    public static ThrottleKey OfMails(ClientNetwork network) =>
        new(MailNetworkPrefix + Share(network));

    // Always the same for a network, on every node.
    private static uint Share(ClientNetwork network) =>
        BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData(Encoding.ASCII.GetBytes(network.Widest))
        ) % NetworkShares;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
