namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A password as it was typed. Never printed.</summary>
[GenerateSerializer, Immutable, Alias("password")]
public readonly record struct Password
{
    /// <summary>Wraps the typed text.</summary>
    public Password(string text) => Text = text;

    /// <summary>The typed text.</summary>
    [Id(0)]
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
