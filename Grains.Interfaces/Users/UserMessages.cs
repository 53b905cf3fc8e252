using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A person who wants an account, and a session with it.</summary>
/// <param name="Email">The address, canonical.</param>
/// <param name="Password">The password.</param>
/// <param name="Device">Where the first session is started.</param>
/// <param name="Replaces">The sessions that this browser has had; they end when the new one is first used.</param>
/// <param name="InsteadOf">The owner of the address who was found not to have it, if any.</param>
/// <param name="Operation">What this is, when the call is repeated.</param>
[GenerateSerializer, Immutable, Alias("registration")]
public sealed record Registration(
    [property: Id(0)] string Email,
    [property: Id(1)] Password Password,
    [property: Id(2)] ClientDevice Device,
    [property: Id(3)] IReadOnlyList<SessionId> Replaces,
    [property: Id(4)] UserId? InsteadOf,
    [property: Id(5)] OperationId? Operation = null
);

/// <summary>Where a session is to be started, and how long it is to last.</summary>
/// <param name="Device">The device.</param>
/// <param name="Persistent">Whether the session outlives the browser's own.</param>
/// <param name="Replaces">The sessions that this browser has had; they end when the new one is first used.</param>
/// <param name="Known">Whether the user has signed in on this device before.</param>
/// <param name="Operation">What this is, when the call is repeated.</param>
/// <param name="Mark">The device mark that the browser has, whoever's it is; null without one.</param>
[GenerateSerializer, Immutable, Alias("entrance")]
public sealed record Entrance(
    [property: Id(0)] ClientDevice Device,
    [property: Id(1)] bool Persistent,
    [property: Id(2)] IReadOnlyList<SessionId> Replaces,
    [property: Id(3)] bool Known = false,
    [property: Id(4)] OperationId? Operation = null,
    [property: Id(5)] DeviceMark? Mark = null
);

/// <summary>A person who wants a session.</summary>
/// <param name="Password">The password as typed.</param>
/// <param name="Entrance">Where.</param>
[GenerateSerializer, Immutable, Alias("sign-in")]
public sealed record SignIn(
    [property: Id(0)] Password Password,
    [property: Id(1)] Entrance Entrance
);

/// <summary>The second step of a sign-in.</summary>
/// <param name="Login">The id of this sign-in, which is good for one session.</param>
/// <param name="Stamp">The stamp that the first step was answered with.</param>
/// <param name="Code">The code.</param>
/// <param name="Entrance">Where.</param>
[GenerateSerializer, Immutable, Alias("second-step")]
public sealed record SecondStep(
    [property: Id(0)] string Login,
    [property: Id(1)] long Stamp,
    [property: Id(2)] SecondFactorCode Code,
    [property: Id(3)] Entrance Entrance
);

/// <summary>The session that asks for something, and where.</summary>
/// <param name="Session">The session.</param>
/// <param name="Device">The device, as the request shows it.</param>
/// <param name="Operation">What it asks for, when the call is repeated.</param>
[GenerateSerializer, Immutable, Alias("asking")]
public sealed record Asking(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] ClientDevice Device,
    [property: Id(2)] OperationId? Operation = null
);

/// <summary>A user as shown to that user.</summary>
[GenerateSerializer, Immutable, Alias("user-profile")]
public sealed record UserProfile
{
    /// <summary>The address.</summary>
    [Id(0)]
    public required string Email { get; init; }

    /// <summary>Whether its owner has proved it.</summary>
    [Id(1)]
    public bool EmailVerified { get; init; }

    /// <summary>The address that it is to become, while that waits to be confirmed.</summary>
    [Id(2)]
    public string? NewEmail { get; init; }

    /// <summary>Whether there is a password.</summary>
    [Id(3)]
    public bool HasPassword { get; init; }

    /// <summary>Whether an authenticator app is asked at the sign-in.</summary>
    [Id(4)]
    public bool HasTotp { get; init; }

    /// <summary>How many recovery codes are unused.</summary>
    [Id(5)]
    public int RecoveryCodesLeft { get; init; }

    /// <summary>How many passkeys there are.</summary>
    [Id(6)]
    public int Passkeys { get; init; }
}

/// <summary>A user's sessions.</summary>
/// <param name="Live">All that are live, in the order in which they were created.</param>
/// <param name="Ended">The last ten that ended, latest first.</param>
/// <param name="Remembered">The devices on which the user has signed in before, and has no session now.</param>
[GenerateSerializer, Immutable, Alias("session-list")]
public sealed record SessionList(
    [property: Id(0)] IReadOnlyList<SessionSnapshot> Live,
    [property: Id(1)] IReadOnlyList<SessionSnapshot> Ended,
    [property: Id(2)] IReadOnlyList<DeviceSnapshot> Remembered
);

/// <summary>A device on which a user has signed in before.</summary>
/// <param name="Browser">The browser; empty when that has been forgotten.</param>
/// <param name="System">The operating system, likewise.</param>
/// <param name="SeenAt">When the user last signed in there.</param>
[GenerateSerializer, Immutable, Alias("device-snapshot")]
public sealed record DeviceSnapshot(
    [property: Id(0)] string Browser,
    [property: Id(1)] string System,
    [property: Id(2)] DateTimeOffset SeenAt
);
