namespace SessionAuth.Domain.Sessions;

/// <summary>The decision on a presented refresh token.</summary>
public enum RefreshDecision
{
    /// <summary>Issue tokens of the current generation again; nothing is written.</summary>
    Repeat,

    /// <summary>
    /// As <see cref="Repeat"/>, for a token from before the last step-up: its holder may not have taken part in the
    /// step-up, so the session loses that proof first.
    /// </summary>
    RepeatWithoutProof,

    /// <summary>Store the next generation, then issue its tokens.</summary>
    Rotate,

    /// <summary>
    /// The token is newer than the stored session: storage was restored from a backup. Rotate from the token's
    /// generation and log a warning.
    /// </summary>
    RotateFromToken,

    /// <summary>
    /// The token is superseded because the request was delayed, or is about to be because it races with a step-up:
    /// reject it for now and change nothing. A legitimate client has newer tokens, or is about to receive them.
    /// </summary>
    Superseded,

    /// <summary>
    /// The token was reused after it was superseded, which indicates theft: revoke the session (RFC 9700 §4.14.2).
    /// </summary>
    Reuse,
}
