using SessionAuth.Registry.Copies;
using SessionAuth.Registry.Keys;

namespace SessionAuth.OpenId.Keys;

/// <summary>Reads values that this cluster has made: a value that cannot be judged yet is not invalid.</summary>
internal static class ValueContents
{
    /// <summary>The content of a sealed value; null when it is not one.</summary>
    /// <exception cref="RegistryUnavailableException">Its key is not held by this node yet.</exception>
    public static async ValueTask<byte[]?> Content(
        this SealedValues values,
        string purpose,
        string value,
        CancellationToken cancellationToken
    ) => Content(await values.Open(purpose, value, cancellationToken));

    /// <summary>The content of a signed value; null when it is not one.</summary>
    /// <exception cref="RegistryUnavailableException">Its key is not held by this node yet.</exception>
    public static async ValueTask<byte[]?> Content(
        this SignedValues values,
        string purpose,
        string value,
        CancellationToken cancellationToken
    ) => Content(await values.Read(purpose, value, cancellationToken));

    private static byte[]? Content((OpenOutcome Outcome, byte[]? Content) opened) =>
        opened.Outcome switch
        {
            OpenOutcome.Opened => opened.Content,
            OpenOutcome.Invalid => null,
            OpenOutcome.KeyNotHeld => throw new RegistryUnavailableException(
                "The key of a value is not held by this node yet."
            ),
        };
}
