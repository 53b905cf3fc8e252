using System.Net;
using System.Net.Sockets;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>What tries are counted by: an address, known or not, or a client network.</summary>
[GenerateSerializer, Immutable, Alias("throttle-key")]
public readonly record struct ThrottleKey
{
    private const string AddressPrefix = "address/";
    private const string CodePrefix = "code/";
    private const string DevicePrefix = "device/";
    private const string NetworkPrefix = "network/";
    private const string MailNetworkPrefix = "network/mail/";

    private ThrottleKey(string value) => Value = value;

    /// <summary>The grain key.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>What a grain key counts by.</summary>
    public static BudgetKind KindOf(string key) =>
        key.StartsWith(NetworkPrefix, StringComparison.Ordinal) ? BudgetKind.Network
        : key.StartsWith(DevicePrefix, StringComparison.Ordinal) ? BudgetKind.Device
        : BudgetKind.Account;

    /// <summary>Counts by e-mail address.</summary>
    public static ThrottleKey Of(EmailKey address) => new(AddressPrefix + address.Value);

    /// <summary>Counts the codes of a user's second factor.</summary>
    public static ThrottleKey OfCodes(UserId user) => new(CodePrefix + user.Value);

    /// <summary>Counts the passwords that are tried on a device where their user has signed in before.</summary>
    public static ThrottleKey OfPasswordsOn(string device) =>
        new($"{DevicePrefix}{device}/password");

    /// <summary>Counts the codes that are tried on such a device.</summary>
    public static ThrottleKey OfCodesOn(string device) => new($"{DevicePrefix}{device}/code");

    /// <summary>Counts by network: /24 of IPv4, /64 of IPv6.</summary>
    public static ThrottleKey Of(IPAddress client) => new(NetworkPrefix + Network(client));

    /// <summary>Counts the mails that a network asks for.</summary>
    public static ThrottleKey OfMails(IPAddress client) => new(MailNetworkPrefix + Network(client));

    private static string Network(IPAddress client)
    {
        IPAddress address = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        byte[] bytes = address.GetAddressBytes();
        int kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}-{kept * 8}";
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
