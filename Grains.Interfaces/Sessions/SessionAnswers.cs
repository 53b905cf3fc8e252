using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>What became of a refresh.</summary>
[GenerateSerializer, Alias("refresh-outcome")]
public enum RefreshOutcome
{
    /// <summary>There are new tokens, or the newest once more.</summary>
    Refreshed,

    /// <summary>There is no such session, or it has ended; a copied token may just have ended it.</summary>
    NotLive,

    /// <summary>
    /// Newer tokens have been used since, or are under way. Nothing has changed: repeat the request with those.
    /// </summary>
    HeldUp,
}

/// <summary>The answer to a refresh.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Grant">What the new tokens are made of, where there are some.</param>
[GenerateSerializer, Immutable, Alias("refresh-answer")]
public sealed record RefreshAnswer(
    [property: Id(0)] RefreshOutcome Outcome,
    [property: Id(1)] SessionGrant? Grant = null
);

/// <summary>What became of a watch on a session.</summary>
[GenerateSerializer, Alias("watch-outcome")]
public enum WatchOutcome
{
    /// <summary>The watcher will be told when the session ends.</summary>
    Watching,

    /// <summary>The session has as many watchers as allowed.</summary>
    TooMany,

    /// <summary>The session had ended already, or never was.</summary>
    Ended,
}

/// <summary>The answer to a watch.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why the session ended, where it did.</param>
[GenerateSerializer, Immutable, Alias("watch-answer")]
public sealed record WatchAnswer(
    [property: Id(0)] WatchOutcome Outcome,
    [property: Id(1)] SessionEndReason? Reason = null
);
