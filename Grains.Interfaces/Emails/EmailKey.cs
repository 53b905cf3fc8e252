using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionAuth.Grains.Interfaces.Emails;

/// <summary>
/// The key of an address: the SHA-256 of its canonical form in hexadecimal, since grain keys are logged and
/// addresses must not be.
/// </summary>
[GenerateSerializer, Immutable, Alias("email-key")]
public readonly record struct EmailKey
{
    private EmailKey(string value) => Value = value;

    /// <summary>The 64 digits.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>What stands for the address in logs: the first 12 digits.</summary>
    public string Fingerprint => Value[..12];

    /// <summary>The share of all addresses that this one falls into, of so many equal ones.</summary>
    public int Share(int of) =>
        (int)(
            uint.Parse(
                Value.AsSpan(0, 8),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture
            ) % (uint)of
        );

    /// <summary>The key of a canonical address, or of a text that is none.</summary>
    public static EmailKey Of(string address) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
