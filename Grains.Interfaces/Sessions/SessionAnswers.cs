using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>The outcome of a refresh.</summary>
[GenerateSerializer, Alias("refresh-outcome")]
public enum RefreshOutcome
{
    /// <summary>New tokens, or the newest ones again.</summary>
    Refreshed,

    /// <summary>There is no live session. Reuse detection may just have revoked it.</summary>
    NotLive,

    /// <summary>
    /// Newer tokens than the presented one are in use or being delivered. Nothing has changed: retry with those.
    /// </summary>
    Superseded,
}

/// <summary>The answer to a refresh.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Tokens">The contents of the new tokens; null without any.</param>
[GenerateSerializer, Immutable, Alias("refresh-answer")]
public sealed record RefreshAnswer(
    [property: Id(0)] RefreshOutcome Outcome,
    [property: Id(1)] SessionTokens? Tokens = null
);

/// <summary>The outcome of a subscription to a session's end.</summary>
[GenerateSerializer, Alias("watch-outcome")]
public enum WatchOutcome
{
    /// <summary>Subscribed.</summary>
    Watching,

    /// <summary>The session has too many watchers.</summary>
    TooMany,

    /// <summary>The session has ended already, or never existed.</summary>
    Ended,
}

/// <summary>The answer to a subscription.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why the session ended; null when it has not, or never existed.</param>
[GenerateSerializer, Immutable, Alias("watch-answer")]
public sealed record WatchAnswer(
    [property: Id(0)] WatchOutcome Outcome,
    [property: Id(1)] SessionEndReason? Reason = null
);
