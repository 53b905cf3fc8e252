namespace SessionAuth.Domain.Keys;

/// <summary>A key as it is stored: its private parts are encrypted, each for itself.</summary>
public sealed record StoredKey
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it starts to sign.</summary>
    public DateTimeOffset SignsFrom { get; init; }

    /// <summary>The encrypted <see cref="TokenKey.Ecdsa"/>.</summary>
    public string Ecdsa { get; init; } = "";

    /// <summary>The encrypted <see cref="TokenKey.Rsa"/>; null when there is none.</summary>
    public string? Rsa { get; init; }

    /// <summary>The encrypted <see cref="TokenKey.Symmetric"/>.</summary>
    public string Symmetric { get; init; } = "";
}
