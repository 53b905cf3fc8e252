namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>How an authenticator and its browser respond: correctly, except for what a test changes.</summary>
public sealed record Ceremony
{
    public string Origin { get; init; } = PasskeyNode.Ui;

    public bool? CrossOrigin { get; init; } = false;

    public string? TopOrigin { get; init; }

    public string RelyingParty { get; init; } = PasskeyNode.Domain;

    public bool UserPresent { get; init; } = true;

    public bool UserVerified { get; init; } = true;

    public bool BackupEligible { get; init; }

    public bool BackedUp { get; init; }

    /// <summary>The type in the client data; null for the right one.</summary>
    public string? Type { get; init; }

    /// <summary>The challenge that is signed; null for the given one.</summary>
    public string? Challenge { get; init; }

    /// <summary>The signature counter; null for the next value.</summary>
    public uint? SignCount { get; init; }

    /// <summary>The raw id; null for the same as the id.</summary>
    public string? RawId { get; init; }

    /// <summary>The credential id; null for the authenticator's own.</summary>
    public string? Id { get; init; }

    /// <summary>The user handle; null for that of the passkey.</summary>
    public string? UserHandle { get; init; }

    public bool OmitsUserHandle { get; init; }

    /// <summary>Whether one bit of the signature is flipped.</summary>
    public bool Forged { get; init; }
}
