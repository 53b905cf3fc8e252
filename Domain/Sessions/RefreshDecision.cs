namespace SessionAuth.Domain.Sessions;

/// <summary>What a presented refresh token is worth.</summary>
public enum RefreshDecision
{
    /// <summary>Hand out the current generation again; nothing is written.</summary>
    Repeat,

    /// <summary>
    /// The same for a token from before the last step-up, whose holder has proved nothing since: drop the proof
    /// first.
    /// </summary>
    RepeatWithoutProof,

    /// <summary>Make the next generation durable, then hand it out.</summary>
    Rotate,

    /// <summary>
    /// The token is ahead of the stored session: storage was restored from a backup. Rotate from
    /// the token's generation and log a warning.
    /// </summary>
    RotateFromToken,

    /// <summary>
    /// The request was delayed, or overtaken by a step-up under way: refuse it for now and change nothing. An honest
    /// sender has newer tokens, or will have them in a moment.
    /// </summary>
    HeldUp,

    /// <summary>Somebody holds a copy: revoke the session (RFC 9700 §4.14.2).</summary>
    Reuse,
}
