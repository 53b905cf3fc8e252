using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Emails;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Providers;

namespace SessionAuth.Grains.Storage;

/// <summary>The state model of all grains, from which storage providers make their indexes.</summary>
public static class GrainStates
{
    /// <summary>The model.</summary>
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
            // Both kinds of throttle state share the name, and a member ExpiresAt.
            StateDescription.Of<AccountAttemptsState>(
                GrainStorageNames.Throttles,
                expires: attempts => attempts.ExpiresAt
            )
        );
}
