namespace SessionAuth.OpenId.Tokens;

/// <summary>A code or refresh token is not redeemed now, but is not invalid: the client should try again.</summary>
/// <param name="reason">Why.</param>
public sealed class GrantNotYetException(GrantNotYetReason reason)
    : Exception($"Not redeemed now: {reason}.")
{
    /// <summary>Why.</summary>
    public GrantNotYetReason Reason => reason;
}

/// <summary>Why a code or refresh token is not redeemed now.</summary>
public enum GrantNotYetReason
{
    /// <summary>A newer refresh token has been used since: a request was delayed.</summary>
    Superseded,

    /// <summary>Too many grants of the session have ended within the last minute.</summary>
    TooManyEnded,
}
