namespace SessionAuth.Domain;

/// <summary>A password as entered by the user. <see cref="ToString"/> redacts it.</summary>
public readonly record struct Password
{
    /// <summary>Wraps the entered text.</summary>
    public Password(string text) => Text = text;

    /// <summary>The entered text.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
