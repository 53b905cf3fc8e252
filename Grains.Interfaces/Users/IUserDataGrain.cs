using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>All data about a user: activity log, export, import, deletion.</summary>
/// <remarks>The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s.</remarks>
[Alias("user-data")]
public interface IUserDataGrain : IGrainWithStringKey
{
    /// <summary>The activity log: the last 50 events, latest first.</summary>
    [Alias("activity")]
    Task<IReadOnlyList<AccountEvent>> Activity();

    /// <summary>All stored data about the user except secrets; null when there is no user.</summary>
    [Alias("export")]
    Task<UserExport?> Export();

    /// <summary>
    /// Deletes the user, ends all sessions, and releases the email. After a crash the scheduled work completes it.
    /// </summary>
    [Alias("delete")]
    Task<DeleteResult> Delete(CallerContext caller);

    /// <summary>Imports a user from another system. Idempotent for the same id.</summary>
    [Alias("import")]
    Task<ImportResult> Import(ImportedUser user);
}

/// <summary>A user of another system, to be imported.</summary>
/// <param name="Email">The email in canonical form.</param>
/// <param name="EmailVerified">Whether it was verified there.</param>
/// <param name="PasswordHash">The bcrypt hash of the password.</param>
/// <param name="TotpSecret">The secret of the authenticator app, in base32; null without one.</param>
/// <param name="InsteadOf">An owner who has released the email; null for none.</param>
[GenerateSerializer, Immutable, Alias("imported-user")]
public sealed record ImportedUser(
    [property: Id(0)] string Email,
    [property: Id(1)] bool EmailVerified,
    [property: Id(2)] Secret PasswordHash,
    [property: Id(3)] Secret? TotpSecret,
    [property: Id(4)] UserId? InsteadOf
);

/// <summary>A second factor that is on.</summary>
/// <param name="Method">Its authentication method.</param>
/// <param name="AddedAt">When it was turned on.</param>
[GenerateSerializer, Immutable, Alias("added-factor")]
public sealed record AddedFactor(
    [property: Id(0)] AuthenticationMethod Method,
    [property: Id(1)] DateTimeOffset AddedAt
);

/// <summary>All stored data about a user except secrets.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="CreatedAt">When the user registered.</param>
/// <param name="Profile">The profile.</param>
/// <param name="EmailVerifiedAt">When the email was verified; null when it is not.</param>
/// <param name="Factors">The second factors.</param>
/// <param name="Passkeys">The passkeys.</param>
/// <param name="Sessions">The sessions.</param>
/// <param name="Activity">The activity log, latest first.</param>
/// <param name="MailsWaiting">The kinds of the emails in the outbox.</param>
[GenerateSerializer, Immutable, Alias("user-export")]
public sealed record UserExport(
    [property: Id(0)] UserId Id,
    [property: Id(1)] DateTimeOffset CreatedAt,
    [property: Id(2)] UserProfile Profile,
    [property: Id(3)] DateTimeOffset? EmailVerifiedAt,
    [property: Id(4)] IReadOnlyList<AddedFactor> Factors,
    [property: Id(5)] IReadOnlyList<Passkey> Passkeys,
    [property: Id(6)] SessionList Sessions,
    [property: Id(7)] IReadOnlyList<AccountEvent> Activity,
    [property: Id(8)] IReadOnlyList<MailKind> MailsWaiting
);
