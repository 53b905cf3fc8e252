using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Grains.Accounts;

/// <summary>The account's calls of its session and email grains.</summary>
/// <param name="grains">The grains.</param>
/// <param name="user">The account's id.</param>
internal sealed class AccountSessions(IGrainFactory grains, UserId user)
{
    /// <summary>The current state of a session; null when it is not live, or another account's.</summary>
    public async Task<SessionSnapshot?> Live(SessionId session)
    {
        SessionSnapshot? found = await grains.Session(session).Describe();
        return found is { EndedAt: null } && found.User == user ? found : null;
    }

    /// <summary>Gives a session new tokens; null when it is not live.</summary>
    public async Task<SessionTokens?> Renew(SessionRenewal renews, Account stored)
    {
        SessionTokens? tokens = await grains.Session(renews.Session).Prove(user, renews.Proof);
        return renews.MarksDevice && tokens is not null
            ? tokens with
            {
                Mark = stored.MarkOf(renews.Session),
            }
            : tokens;
    }

    /// <summary>Starts a session that the account has listed, and ends those beyond the limit.</summary>
    public async Task<SessionTokens> Start(NewSession starts, Account stored, AccountRules rules)
    {
        SignInContext signIn = starts.SignIn;
        SessionTokens tokens = await grains
            .Session(starts.Id)
            .Start(new(user, signIn.Device, signIn.Persistent, starts.Proof, signIn.Replaces));
        // A session that cannot be ended now stays listed, and the next sign-in ends it.
        await Task.WhenAll(
            stored
                .BeyondLimit(signIn.Replaces, rules)
                .Select(earliest =>
                    grains.Session(earliest).Revoke(SessionEndReason.SessionLimit, user).Failure()
                )
        );
        return tokens with { Mark = stored.MarkOf(starts.Id) };
    }

    /// <summary>Revokes a session; false when there is none.</summary>
    public Task<bool> Revoke(SessionRevocation revokes) =>
        grains.Session(revokes.Session).Revoke(revokes.Reason, user);

    /// <summary>Performs the stored effects that are left, each independently of the others. Idempotent.</summary>
    public async Task<AccountEndings> Finish(Account stored, DateTimeOffset now) =>
        new(
            await Task.WhenAll(
                stored.Ending.Select(ending =>
                    grains.Session(SessionId.Parse(ending.Id)).Revoke(ending.Reason, user).Failure()
                )
            ),
            await Task.WhenAll(
                stored.RemovingDeviceData.Select(session =>
                    RemoveDeviceData(SessionId.Parse(session), now)
                )
            ),
            await Task.WhenAll(stored.Releasing.Select(email => ReleaseClaim(email).Failure()))
        );

    /// <summary>Removes the device data of a session that was not used since; the exception when that failed.</summary>
    public Task<Exception?> RemoveDeviceData(SessionId session, DateTimeOffset before) =>
        grains.Session(session).RemoveDeviceData(user, before).Failure();

    /// <summary>Counts an email against its recipient's budget; false when that is used up.</summary>
    public async Task<bool> IsWithinBudget(BudgetedMail? mail) =>
        mail is null
        || await grains.Email(EmailKey.Of(mail.To)).CountMail(mail.Kind, Guid.NewGuid());

    /// <summary>Claims an email for the account, if it is free or belongs to an owner who has released it.</summary>
    /// <returns>The owner after the call.</returns>
    public Task<UserId> Claim(string email, UserId? insteadOf) =>
        grains.Email(EmailKey.Of(email)).Claim(user, insteadOf);

    /// <summary>Releases a claim.</summary>
    public Task ReleaseClaim(string email) => grains.Email(EmailKey.Of(email)).Release(user);

    /// <summary>Reads the current state of all listed sessions.</summary>
    /// <param name="account">The account.</param>
    /// <param name="now">The current time.</param>
    /// <param name="starting">A session that is about to be started and is not read; null for none.</param>
    public Task<SessionListing> Listed(
        Account account,
        DateTimeOffset now,
        SessionId? starting = null
    ) => SessionListing.Of(account, user, grains, now, starting);
}

/// <summary>The results of performing stored effects: for each the exception, or null when it succeeded.</summary>
/// <param name="Sessions">Of sessions to be ended.</param>
/// <param name="DeviceData">Of sessions whose device data is to be removed.</param>
/// <param name="Emails">Of email claims to be released.</param>
internal sealed record AccountEndings(
    IReadOnlyList<Exception?> Sessions,
    IReadOnlyList<Exception?> DeviceData,
    IReadOnlyList<Exception?> Emails
)
{
    /// <summary>The first failure; null when there was none.</summary>
    public Exception? Failure =>
        Sessions.Concat(DeviceData).Concat(Emails).FirstOrDefault(IsFailure);

    /// <summary>Why a session may not have ended; null when all have.</summary>
    public Exception? SessionFailure => Sessions.FirstOrDefault(IsFailure);

    /// <summary>The account without the effects that succeeded.</summary>
    public Account Without(Account account) =>
        account.AfterFinishing(Succeeded(Sessions), Succeeded(DeviceData), Succeeded(Emails));

    private static bool IsFailure(Exception? failure) => failure is not null;

    private static bool[] Succeeded(IReadOnlyList<Exception?> failures) =>
        [.. failures.Select(failure => failure is null)];
}
