using System.Diagnostics;

namespace SessionAuth.Domain.Sessions;

/// <summary>A side effect of a session decision, to perform once the decision is stored.</summary>
public abstract record SessionEffect
{
    private SessionEffect() { }

    /// <summary>Log that the session has ended, and notify its watchers.</summary>
    /// <param name="Reason">Why the session has ended.</param>
    public sealed record Ended(SessionEndReason Reason) : SessionEffect;

    /// <summary>End the replaced sessions. The call waits for this and fails if it fails.</summary>
    public sealed record EndReplaced : SessionEffect;

    /// <summary>
    /// End the replaced sessions. If they cannot be reached quickly, answer the call and keep retrying.
    /// </summary>
    public sealed record EndReplacedInBackground : SessionEffect;

    /// <summary>Calls the delegate that matches the effect.</summary>
    public T Match<T>(
        Func<Ended, T> ended,
        Func<EndReplaced, T> endReplaced,
        Func<EndReplacedInBackground, T> endReplacedInBackground
    ) =>
        this switch
        {
            Ended effect => ended(effect),
            EndReplaced effect => endReplaced(effect),
            EndReplacedInBackground effect => endReplacedInBackground(effect),
            _ => throw new UnreachableException(),
        };
}
