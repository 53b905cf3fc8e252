namespace SessionAuth.Domain;

/// <summary>A password as it was typed. <see cref="ToString"/> redacts it.</summary>
public readonly record struct Password
{
    /// <summary>Wraps the typed text.</summary>
    public Password(string text) => Text = text;

    /// <summary>The typed text.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
