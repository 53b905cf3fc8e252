using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A registration.</summary>
/// <param name="Email">The email in canonical form.</param>
/// <param name="Password">The password as typed.</param>
/// <param name="Where">The context of the first session.</param>
/// <param name="InsteadOf">An owner who has released the email; null for none.</param>
[GenerateSerializer, Immutable, Alias("registration")]
public sealed record Registration(
    [property: Id(0)] string Email,
    [property: Id(1)] Password Password,
    [property: Id(2)] SignInContext Where,
    [property: Id(3)] UserId? InsteadOf
);

/// <summary>A sign-in by password.</summary>
/// <param name="Password">The password as typed.</param>
/// <param name="Where">The context of the new session.</param>
/// <param name="Known">Whether it comes from a known device.</param>
[GenerateSerializer, Immutable, Alias("sign-in")]
public sealed record SignIn(
    [property: Id(0)] Password Password,
    [property: Id(1)] SignInContext Where,
    [property: Id(2)] bool Known = false
);

/// <summary>The second step of a sign-in.</summary>
/// <param name="Login">The id of the sign-in, which can start one session.</param>
/// <param name="Stamp">The account's security stamp at the first step.</param>
/// <param name="Code">The code.</param>
/// <param name="Where">The context of the new session.</param>
[GenerateSerializer, Immutable, Alias("second-step")]
public sealed record SecondStep(
    [property: Id(0)] string Login,
    [property: Id(1)] long Stamp,
    [property: Id(2)] SecondFactorCode Code,
    [property: Id(3)] SignInContext Where
);

/// <summary>The caller of an operation.</summary>
/// <param name="Session">Its session.</param>
/// <param name="Device">The device, as the request describes it.</param>
/// <param name="Operation">The id that makes a repeated call idempotent; null for none.</param>
[GenerateSerializer, Immutable, Alias("caller-context")]
public sealed record CallerContext(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] ClientDevice Device,
    [property: Id(2)] OperationId? Operation = null
)
{
    /// <summary>The same with an operation id, from which recovery codes can be derived.</summary>
    public CallerContext AsOperation() =>
        Operation is null ? this with { Operation = OperationId.New() } : this;
}

/// <summary>A user as shown to that user.</summary>
[GenerateSerializer, Immutable, Alias("user-profile")]
public sealed record UserProfile
{
    /// <summary>The email.</summary>
    [Id(0)]
    public required string Email { get; init; }

    /// <summary>Whether the email is verified.</summary>
    [Id(1)]
    public bool EmailVerified { get; init; }

    /// <summary>The requested new email, until it is confirmed; null without one.</summary>
    [Id(2)]
    public string? NewEmail { get; init; }

    /// <summary>Whether there is a password.</summary>
    [Id(3)]
    public bool HasPassword { get; init; }

    /// <summary>The authentication methods that are available beside the password.</summary>
    [Id(4)]
    public IReadOnlyList<AuthenticationMethod> Factors { get; init; } = [];

    /// <summary>The number of unused recovery codes.</summary>
    [Id(5)]
    public int RecoveryCodesLeft { get; init; }

    /// <summary>The number of passkeys.</summary>
    [Id(6)]
    public int Passkeys { get; init; }
}

/// <summary>A user's sessions.</summary>
/// <param name="Live">All live sessions, in the order in which they were created.</param>
/// <param name="Ended">The last ten that ended, latest first.</param>
/// <param name="Remembered">The known devices without a live session.</param>
[GenerateSerializer, Immutable, Alias("session-list")]
public sealed record SessionList(
    [property: Id(0)] IReadOnlyList<SessionSnapshot> Live,
    [property: Id(1)] IReadOnlyList<SessionSnapshot> Ended,
    [property: Id(2)] IReadOnlyList<DeviceSnapshot> Remembered
);

/// <summary>A known device of a user.</summary>
/// <param name="Browser">The browser; empty after its retention.</param>
/// <param name="System">The operating system; empty after its retention.</param>
/// <param name="SeenAt">When the user last signed in there.</param>
[GenerateSerializer, Immutable, Alias("device-snapshot")]
public sealed record DeviceSnapshot(
    [property: Id(0)] string Browser,
    [property: Id(1)] string System,
    [property: Id(2)] DateTimeOffset SeenAt
);
