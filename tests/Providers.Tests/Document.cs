namespace SessionAuth.Providers.Tests;

public enum Colour
{
    Red,
    Green,
}

/// <summary>A state such as a grain has.</summary>
public sealed class Document
{
    public string Text { get; set; } = "";

    public int Number { get; set; }

    public Colour Colour { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public List<string> Items { get; set; } = [];
}
