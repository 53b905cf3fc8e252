namespace SessionAuth.Grains.Emails;

/// <summary>Who owns an address, as stored.</summary>
public sealed record EmailState
{
    /// <summary>The owner's user id; null when the address was given up again.</summary>
    public string? UserId { get; init; }
}
