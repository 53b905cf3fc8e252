namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A secret other than a password: a code, a link's token, an authenticator's key. Never printed.</summary>
[GenerateSerializer, Immutable, Alias("secret")]
public readonly record struct Secret
{
    /// <summary>Wraps the text.</summary>
    public Secret(string text) => Text = text;

    /// <summary>The text.</summary>
    [Id(0)]
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
