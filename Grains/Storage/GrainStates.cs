using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Emails;
using SessionAuth.Providers;

namespace SessionAuth.Grains.Storage;

/// <summary>Which members of the grains' states expire, are scheduled or are looked up. Storage providers read it.</summary>
public static class GrainStates
{
    /// <summary>The states by their names.</summary>
    public static StateModel Model { get; } =
        new(
            StateDescription.Of<Account>(
                GrainStorageNames.Users,
                expires: account => account.ExpiresAt,
                scheduled: account => account.DueAt
            ),
            StateDescription.Of<SessionState>(
                GrainStorageNames.Sessions,
                expires: session => session.ExpiresAt,
                lookedUp: session => session.UserId
            ),
            StateDescription.Of<EmailState>(
                GrainStorageNames.Emails,
                expires: email => email.ExpiresAt
            ),
            // Both kinds of throttle share a state name, and expire by the same member.
            StateDescription.Of<AccountAttemptsState>(
                GrainStorageNames.Throttles,
                expires: attempts => attempts.ExpiresAt
            )
        );
}
