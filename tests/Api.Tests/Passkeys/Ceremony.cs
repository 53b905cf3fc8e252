namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>How an authenticator and its browser behave: as they should, but for what a test changes.</summary>
public sealed record Ceremony
{
    public string Origin { get; init; } = PasskeyNode.Ui;

    public bool? CrossOrigin { get; init; } = false;

    public string? TopOrigin { get; init; }

    public string RelyingParty { get; init; } = PasskeyNode.Domain;

    public bool Present { get; init; } = true;

    public bool Verified { get; init; } = true;

    public bool BackupEligible { get; init; }

    public bool BackedUp { get; init; }

    /// <summary>What the browser says was done; null for what was asked.</summary>
    public string? Type { get; init; }

    /// <summary>The challenge that is signed; null for the one that was given.</summary>
    public string? Challenge { get; init; }

    /// <summary>The count of signatures; null for the next.</summary>
    public uint? SignCount { get; init; }

    /// <summary>What is said beside the id; null for the same.</summary>
    public string? RawId { get; init; }

    /// <summary>The credential id that is said; null for its own.</summary>
    public string? Id { get; init; }

    /// <summary>The user who is named; null for the one whom the passkey was made for.</summary>
    public string? UserHandle { get; init; }

    public bool NamesNoUser { get; init; }

    /// <summary>Whether a bit of the signature is turned.</summary>
    public bool Forged { get; init; }
}
