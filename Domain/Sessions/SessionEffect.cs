namespace SessionAuth.Domain.Sessions;

/// <summary>What is to be done once a decision about a session is durable.</summary>
public abstract record SessionEffect
{
    private SessionEffect() { }

    /// <summary>Calls the function for this kind of effect.</summary>
    public abstract T Match<T>(
        Func<Ended, T> ended,
        Func<EndReplaced, T> endReplaced,
        Func<EndReplacedInBackground, T> endReplacedInBackground
    );

    /// <summary>Log that the session has ended, and tell those who watch it.</summary>
    /// <param name="Reason">Why it has ended.</param>
    public sealed record Ended(SessionEndReason Reason) : SessionEffect
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Ended, T> ended,
            Func<EndReplaced, T> endReplaced,
            Func<EndReplacedInBackground, T> endReplacedInBackground
        ) => ended(this);
    }

    /// <summary>End the sessions that this one replaces. The answer waits for it, and fails with it.</summary>
    public sealed record EndReplaced : SessionEffect
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Ended, T> ended,
            Func<EndReplaced, T> endReplaced,
            Func<EndReplacedInBackground, T> endReplacedInBackground
        ) => endReplaced(this);
    }

    /// <summary>End the sessions that this one replaces. Where they cannot be reached soon, answer and keep trying.</summary>
    public sealed record EndReplacedInBackground : SessionEffect
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Ended, T> ended,
            Func<EndReplaced, T> endReplaced,
            Func<EndReplacedInBackground, T> endReplacedInBackground
        ) => endReplacedInBackground(this);
    }
}
