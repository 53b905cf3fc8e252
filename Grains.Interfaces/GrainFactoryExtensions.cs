using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Registry;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Interfaces;

/// <summary>Gets grains by typed ids, so that keys cannot be mixed up.</summary>
public static class GrainFactoryExtensions
{
    /// <summary>The grain of a user.</summary>
    public static IUserGrain User(this IGrainFactory grains, UserId id) =>
        grains.GetGrain<IUserGrain>(id.Value);

    /// <summary>The grain of a user, for what concerns the email.</summary>
    public static IUserEmailGrain UserEmail(this IGrainFactory grains, UserId id) =>
        grains.GetGrain<IUserEmailGrain>(id.Value);

    /// <summary>The grain of a user, for what concerns the password.</summary>
    public static IUserPasswordGrain UserPassword(this IGrainFactory grains, UserId id) =>
        grains.GetGrain<IUserPasswordGrain>(id.Value);

    /// <summary>The grain of a user, for what concerns the second factors and the recovery codes.</summary>
    public static IUserFactorsGrain UserFactors(this IGrainFactory grains, UserId id) =>
        grains.GetGrain<IUserFactorsGrain>(id.Value);

    /// <summary>The grain of a user, for what concerns passkeys.</summary>
    public static IUserPasskeysGrain UserPasskeys(this IGrainFactory grains, UserId id) =>
        grains.GetGrain<IUserPasskeysGrain>(id.Value);

    /// <summary>The grain of a user, for all data about the user.</summary>
    public static IUserDataGrain UserData(this IGrainFactory grains, UserId id) =>
        grains.GetGrain<IUserDataGrain>(id.Value);

    /// <summary>The grain of a user, for its outbox.</summary>
    public static IUserOutboxGrain UserOutbox(this IGrainFactory grains, UserId id) =>
        grains.GetGrain<IUserOutboxGrain>(id.Value);

    /// <summary>The development mailbox.</summary>
    public static IDevelopmentMailboxGrain DevelopmentMailbox(this IGrainFactory grains) =>
        grains.GetGrain<IDevelopmentMailboxGrain>(IDevelopmentMailboxGrain.Key);

    /// <summary>The registry.</summary>
    public static IRegistryGrain Registry(this IGrainFactory grains) =>
        grains.GetGrain<IRegistryGrain>(IRegistryGrain.Key);

    /// <summary>The grain of a session.</summary>
    public static ISessionGrain Session(this IGrainFactory grains, SessionId id) =>
        grains.GetGrain<ISessionGrain>(id.Value);

    /// <summary>The grain of an email.</summary>
    public static IEmailGrain Email(this IGrainFactory grains, EmailKey key) =>
        grains.GetGrain<IEmailGrain>(key.Value);

    /// <summary>The grain that counts attempts at an account's secrets.</summary>
    public static IAccountThrottleGrain AccountThrottle(
        this IGrainFactory grains,
        SecretKind secret,
        UserId user
    ) => grains.GetGrain<IAccountThrottleGrain>(ThrottleKey.Of(secret, user).Value);

    /// <summary>The grain that counts attempts at a share of the unknown emails.</summary>
    public static IUnknownEmailThrottleGrain UnknownEmailThrottle(
        this IGrainFactory grains,
        int share
    ) => grains.GetGrain<IUnknownEmailThrottleGrain>(ThrottleKey.OfUnknownEmails(share).Value);

    /// <summary>The grain that counts failures of a network.</summary>
    public static INetworkThrottleGrain NetworkThrottle(
        this IGrainFactory grains,
        ThrottleKey network
    ) => grains.GetGrain<INetworkThrottleGrain>(network.Value);
}
