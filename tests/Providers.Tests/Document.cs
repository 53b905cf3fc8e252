namespace SessionAuth.Providers.Tests;

public enum Colour
{
    Red,
    Green,
}

/// <summary>A state such as a grain has.</summary>
public sealed class Document
{
    /// <summary>Those that expire.</summary>
    public static StateModel Expiring { get; } =
        new(
            new[] { "documents", "sessions", "users" }.Select(name =>
                StateDescription.Of<Document>(name, expires: document => document.ExpiresAt)
            )
        );

    /// <summary>Those that have scheduled work, too.</summary>
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
