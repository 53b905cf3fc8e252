namespace SessionAuth.Domain.Sessions;

/// <summary>The result of an access token check.</summary>
public enum SessionStanding
{
    /// <summary>The session does not exist or belongs to another user.</summary>
    Unknown,

    /// <summary>The session is live.</summary>
    Live,

    /// <summary>The session is revoked or expired, permanently.</summary>
    Ended,

    /// <summary>The session is live but restricted until the user has added or used a second factor.</summary>
    Restricted,

    /// <summary>
    /// The session is live, but the token was issued before its last step-up (ASVS 7.2.4) and is no longer valid.
    /// </summary>
    BeforeStepUp,
}
