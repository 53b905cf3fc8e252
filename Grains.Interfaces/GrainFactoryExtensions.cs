using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Interfaces;

/// <summary>Grains by their typed ids, so that no string is passed for another.</summary>
public static class GrainFactoryExtensions
{
    /// <summary>The grain of a user.</summary>
    public static IUserGrain User(this IGrainFactory grains, UserId id) =>
        grains.GetGrain<IUserGrain>(id.Value);

    /// <summary>The grain of a session.</summary>
    public static ISessionGrain Session(this IGrainFactory grains, SessionId id) =>
        grains.GetGrain<ISessionGrain>(id.Value);

    /// <summary>The grain of an address.</summary>
    public static IEmailGrain Email(this IGrainFactory grains, EmailKey key) =>
        grains.GetGrain<IEmailGrain>(key.Value);

    /// <summary>The grain that counts tries.</summary>
    public static ISignInThrottleGrain SignInThrottle(this IGrainFactory grains, ThrottleKey key) =>
        grains.GetGrain<ISignInThrottleGrain>(key.Value);
}
