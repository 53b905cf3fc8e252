namespace SessionAuth.Providers.Tests;

public enum Colour
{
    Red,
    Green,
}

/// <summary>An example of a grain state.</summary>
public sealed class Document
{
    /// <summary>States that expire.</summary>
    public static StateModel Expiring { get; } =
        new(
            new[] { "documents", "sessions", "users" }.Select(name =>
                StateDescription.Of<Document>(name, expires: document => document.ExpiresAt)
            )
        );

    /// <summary>States that expire and have scheduled work.</summary>
    public static StateModel Scheduled { get; } =
        new(
            new[] { "documents", "others" }.Select(name =>
                StateDescription.Of<Document>(
                    name,
                    expires: document => document.ExpiresAt,
                    scheduled: document => document.DueAt
                )
            )
        );

    public string Text { get; set; } = "";

    public int Number { get; set; }

    public Colour Colour { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public List<string> Items { get; set; } = [];
}
