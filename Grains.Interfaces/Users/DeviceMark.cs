namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>What a device is known by on which its user has signed in; it travels in a cookie of its own.</summary>
/// <param name="Id">Random, and no secret: the cookie is signed.</param>
/// <param name="Epoch">The account's device epoch: raised, it makes all marks from before worthless.</param>
[GenerateSerializer, Immutable, Alias("device-mark")]
public sealed record DeviceMark([property: Id(0)] string Id, [property: Id(1)] long Epoch)
{
    /// <summary>For how long a device is known that is not used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);
}
