namespace SessionAuth.Domain;

/// <summary>
/// A secret other than a password: a one-time code, a link token or a TOTP key. <see cref="ToString"/> redacts it.
/// </summary>
public readonly record struct Secret
{
    /// <summary>Wraps the text.</summary>
    public Secret(string text) => Text = text;

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
