using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Grains.Keys;

internal sealed class SigningKeyOptionsValidator : IValidateOptions<SigningKeyOptions>
{
    private const string Format =
        "SIGNING_KEYS must be private ECDSA keys on the curve P-256, as PKCS#8 in PEM or base64, separated by commas; make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER | base64 -w0";

    public ValidateOptionsResult Validate(string? name, SigningKeyOptions options) =>
        Problem(options.SigningKeys) is { } problem
            ? ValidateOptionsResult.Fail(problem)
            : ValidateOptionsResult.Success;

    private static string? Problem(string? setting)
    {
        if (PrivateKeys.Read(setting) is not { } keys)
            return Format;

        string[] ids =
        [
            .. keys.Select(key =>
                Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))
            ),
        ];
        foreach (ECDsa key in keys)
            key.Dispose();
        if (ids.Length > KeySet.MostKeys)
            return $"SIGNING_KEYS must not have more than {KeySet.MostKeys} keys.";
        return ids.Distinct().Count() < ids.Length ? "SIGNING_KEYS has a key twice." : null;
    }
}
