namespace SessionAuth.Domain.Sessions;

/// <summary>What an access token is worth, as of the answer.</summary>
public enum SessionStanding
{
    /// <summary>There is no such session, or it belongs to another user.</summary>
    Unknown,

    /// <summary>The session is live.</summary>
    Live,

    /// <summary>The session was revoked or has expired, for good.</summary>
    Ended,

    /// <summary>The session is live, but allows nothing until its user has proved a second factor.</summary>
    Restricted,

    /// <summary>The session is live, but the token was issued before a step-up (ASVS 7.2.4).</summary>
    Superseded,
}
