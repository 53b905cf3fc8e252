using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A person who wants an account, and a session with it.</summary>
/// <param name="Email">The address, canonical.</param>
/// <param name="Password">The password.</param>
/// <param name="Device">Where the first session is started.</param>
/// <param name="Replaces">The sessions that this browser has had; they end.</param>
/// <param name="InsteadOf">The owner of the address who was found to have never registered, if any.</param>
[GenerateSerializer, Immutable, Alias("registration")]
public sealed record Registration(
    [property: Id(0)] string Email,
    [property: Id(1)] Password Password,
    [property: Id(2)] ClientDevice Device,
    [property: Id(3)] IReadOnlyList<SessionId> Replaces,
    [property: Id(4)] UserId? InsteadOf
);

/// <summary>A person who wants a session.</summary>
/// <param name="Password">The password as typed.</param>
/// <param name="Device">Where the session is started.</param>
/// <param name="Persistent">Whether it outlives the browser's own session.</param>
/// <param name="Replaces">The sessions that this browser has had; they end.</param>
[GenerateSerializer, Immutable, Alias("sign-in")]
public sealed record SignIn(
    [property: Id(0)] Password Password,
    [property: Id(1)] ClientDevice Device,
    [property: Id(2)] bool Persistent,
    [property: Id(3)] IReadOnlyList<SessionId> Replaces
);

/// <summary>Why a new password is refused.</summary>
[GenerateSerializer, Alias("password-refusal")]
public enum PasswordRefusal
{
    /// <summary>Fewer code points than the least allowed.</summary>
    TooShort,

    /// <summary>More code points than the most allowed.</summary>
    TooLong,

    /// <summary>On the list of common passwords.</summary>
    Common,

    /// <summary>The user's own address, or the part before the @.</summary>
    LikeTheAddress,

    /// <summary>The name of this service or of its domain.</summary>
    LikeTheService,
}

/// <summary>The answer to a registration or a sign-in. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("entry")]
public abstract record Entry;

/// <summary>The person is in.</summary>
/// <param name="Email">The account's address.</param>
/// <param name="Grant">The new session.</param>
[GenerateSerializer, Immutable, Alias("entry-admitted")]
public sealed record Admitted([property: Id(0)] string Email, [property: Id(1)] SessionGrant Grant)
    : Entry;

/// <summary>No such user, or another password: the two are never told apart.</summary>
[GenerateSerializer, Immutable, Alias("entry-refused")]
public sealed record Refused : Entry;

/// <summary>The new password is not accepted.</summary>
/// <param name="Refusal">Why.</param>
/// <param name="Limit">The number of code points that it had to have, where that is why; else 0.</param>
[GenerateSerializer, Immutable, Alias("entry-password-refused")]
public sealed record PasswordRefused(
    [property: Id(0)] PasswordRefusal Refusal,
    [property: Id(1)] int Limit = 0
) : Entry;

/// <summary>The address has an owner, who may yet turn out to have never registered.</summary>
/// <param name="Owner">The owner.</param>
[GenerateSerializer, Immutable, Alias("entry-address-taken")]
public sealed record AddressTaken([property: Id(0)] UserId Owner) : Entry;

/// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
[GenerateSerializer, Immutable, Alias("entry-busy")]
public sealed record Busy : Entry;

/// <summary>A user as shown to that user.</summary>
/// <param name="Email">The address.</param>
[GenerateSerializer, Immutable, Alias("user-profile")]
public sealed record UserProfile([property: Id(0)] string Email);

/// <summary>A user's sessions.</summary>
/// <param name="Live">All that are live, in the order in which they were created.</param>
/// <param name="Ended">The last ten that ended, latest first.</param>
[GenerateSerializer, Immutable, Alias("session-list")]
public sealed record SessionList(
    [property: Id(0)] IReadOnlyList<SessionSnapshot> Live,
    [property: Id(1)] IReadOnlyList<SessionSnapshot> Ended
);
