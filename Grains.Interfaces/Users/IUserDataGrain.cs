using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>All that is kept about a user: shown, handed out, brought in, deleted.</summary>
/// <remarks>The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s.</remarks>
[Alias("user-data")]
public interface IUserDataGrain : IGrainWithStringKey
{
    /// <summary>What happened to the account: the last 50 events, latest first.</summary>
    [Alias("activity")]
    Task<IReadOnlyList<AccountEvent>> Activity();

    /// <summary>Everything that is kept about the user but secrets; null when there is no user.</summary>
    [Alias("export")]
    Task<UserExport?> Export();

    /// <summary>
    /// Deletes the user: all sessions end, and the address is free again. After a crash the node finishes it by itself.
    /// </summary>
    [Alias("delete")]
    Task<DeleteResult> Delete(Asking asking);

    /// <summary>Makes this the user that another system has known. Safe to repeat with the same id.</summary>
    [Alias("import")]
    Task<ImportResult> Import(ImportedUser user);
}

/// <summary>A user whom another system has known.</summary>
/// <param name="Email">The address, canonical.</param>
/// <param name="EmailVerified">Whether it was proved there.</param>
/// <param name="PasswordHash">The password's hash: bcrypt.</param>
/// <param name="TotpSecret">The secret of the authenticator app, in base32; null without one.</param>
/// <param name="InsteadOf">An owner of the address who was found not to have it, if any.</param>
[GenerateSerializer, Immutable, Alias("imported-user")]
public sealed record ImportedUser(
    [property: Id(0)] string Email,
    [property: Id(1)] bool EmailVerified,
    [property: Id(2)] Secret PasswordHash,
    [property: Id(3)] Secret? TotpSecret,
    [property: Id(4)] UserId? InsteadOf
);

/// <summary>Everything that is kept about a user but secrets.</summary>
/// <param name="Id">The user.</param>
/// <param name="CreatedAt">When the user registered.</param>
/// <param name="Profile">The account.</param>
/// <param name="EmailVerifiedAt">When the address was proved.</param>
/// <param name="TotpAddedAt">When the authenticator app was turned on.</param>
/// <param name="Passkeys">The passkeys.</param>
/// <param name="Sessions">The sessions.</param>
/// <param name="Activity">What happened to the account.</param>
/// <param name="MailsWaiting">The mails that wait to be sent.</param>
[GenerateSerializer, Immutable, Alias("user-export")]
public sealed record UserExport(
    [property: Id(0)] UserId Id,
    [property: Id(1)] DateTimeOffset CreatedAt,
    [property: Id(2)] UserProfile Profile,
    [property: Id(3)] DateTimeOffset? EmailVerifiedAt,
    [property: Id(4)] DateTimeOffset? TotpAddedAt,
    [property: Id(5)] IReadOnlyList<Passkey> Passkeys,
    [property: Id(6)] SessionList Sessions,
    [property: Id(7)] IReadOnlyList<AccountEvent> Activity,
    [property: Id(8)] IReadOnlyList<MailKind> MailsWaiting
);
