using System.Runtime.ExceptionServices;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Accounts;

/// <summary>Projections of an account for its callers.</summary>
internal static class AccountViews
{
    /// <summary>The account as shown to its user; null when there is none.</summary>
    public static UserProfile? Profile(this Account account) =>
        account.Email is null
            ? null
            : new()
            {
                Email = account.Email,
                EmailVerified = account.EmailVerifiedAt is not null,
                NewEmail = account.NewEmail,
                HasPassword = account.PasswordHash is not null,
                Factors = SecondFactorSet.MethodsOf(account),
                RecoveryCodesLeft = account.RecoveryCodes.Count,
                Passkeys = account.Passkeys.Count,
            };

    /// <summary>Its passkeys; none when there is no account.</summary>
    public static PasskeyRing PasskeyRing(this Account account) =>
        account.Email is null ? new(0, []) : new(account.Stamp, account.Passkeys);

    /// <summary>The account's sessions.</summary>
    /// <param name="listing">The current state of its sessions; null when there is no account.</param>
    /// <param name="user">The account's id.</param>
    public static SessionList List(SessionListing? listing, UserId user)
    {
        if (listing is null)
            return new([], [], []);

        // An incomplete list would hide a live session.
        if (listing.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return new(
            listing.Live,
            [.. listing.Pruned.Ended.Select(ended => Snapshot(ended, user))],
            [
                .. listing
                    .Pruned.DevicesWithout(listing.Live.Select(session => session.Id))
                    .Select(device => new DeviceSnapshot(
                        device.Browser ?? "",
                        device.System ?? "",
                        device.SeenAt
                    )),
            ]
        );
    }

    /// <summary>All data that is stored about the account except secrets; null when there is no account.</summary>
    public static UserExport? Export(
        this Account account,
        UserId user,
        SessionList sessions,
        IReadOnlyList<AccountEvent> activity
    ) =>
        account.Profile() is { } profile
            ? new(
                user,
                account.CreatedAt,
                profile,
                account.EmailVerifiedAt,
                [.. account.Otp.Select(known => new AddedFactor(known.Method, known.AddedAt))],
                account.Passkeys,
                sessions,
                activity,
                [.. account.Outbox.Select(mail => mail.Kind)]
            )
            : null;

    private static SessionSnapshot Snapshot(EndedSession ended, UserId user) =>
        new(
            SessionId.Parse(ended.Id),
            user,
            ended.Device,
            ended.CreatedAt,
            ended.LastSeenAt,
            ended.ExpiresAt,
            ended.EndedAt,
            ended.Reason,
            AuthenticatedAt: null,
            Proof: new([]),
            Applications: []
        );
}
