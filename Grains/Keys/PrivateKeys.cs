using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Grains.Keys;

/// <summary>Reads the private keys of <c>SIGNING_KEYS</c>.</summary>
internal static class PrivateKeys
{
    private const string PemStart = "-----BEGIN";

    /// <summary>The keys in the order of the setting; null when one of them is not a private key on P-256.</summary>
    /// <remarks>The caller disposes them.</remarks>
    public static IReadOnlyList<ECDsa>? Read(string? setting)
    {
        List<ECDsa> keys = [];
        foreach (string text in SecretStrength.Split(setting))
        {
            if (!TryRead(text, out ECDsa? key))
            {
                keys.ForEach(read => read.Dispose());
                return null;
            }

            keys.Add(key);
        }

        return keys;
    }

    private static bool TryRead(string text, [NotNullWhen(true)] out ECDsa? key)
    {
        key = ECDsa.Create();
        try
        {
            Import(key, text);
            ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
            if (parameters.Curve.Oid?.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
                return true;
        }
        catch (Exception e)
            when (e is CryptographicException or ArgumentException or FormatException)
        {
            // There is no Try method.
        }

        key.Dispose();
        key = null;
        return false;
    }

    private static void Import(ECDsa key, string text)
    {
        if (text.StartsWith(PemStart, StringComparison.Ordinal))
        {
            key.ImportFromPem(text);
            return;
        }

        byte[] decoded = Convert.FromBase64String(text);
        // Whole PEM files are often encoded once more, because they have several lines.
        if (decoded.AsSpan().StartsWith(Encoding.ASCII.GetBytes(PemStart)))
            key.ImportFromPem(Encoding.ASCII.GetString(decoded));
        else
            key.ImportPkcs8PrivateKey(decoded, out _);
    }
}
