namespace SessionAuth.Domain;

/// <summary>Identifies a browser in which a user has signed in before. It travels in a signed cookie of its own.</summary>
/// <param name="Id">Random; not a secret, since the cookie is signed.</param>
/// <param name="Epoch">The account's device epoch. Raising it invalidates all earlier marks.</param>
public sealed record DeviceMark(string Id, long Epoch)
{
    /// <summary>How long a device that is not used stays known.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);
}
