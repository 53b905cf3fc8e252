using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.OpenId.Requests;

/// <summary>The authentication that a request asks for, together with what its application always asks for.</summary>
/// <param name="RequestedAt">When the request came.</param>
/// <param name="IsRenewed">Whether the user has to authenticate after that (<c>prompt=login</c>).</param>
/// <param name="LongestAge">How old the authentication may be (<c>max_age</c>); null for any age.</param>
/// <param name="NeedsSecondFactor">Whether a second factor has to have been used (<c>acr_values</c>).</param>
internal sealed record ProofDemand(
    DateTimeOffset RequestedAt,
    bool IsRenewed,
    TimeSpan? LongestAge,
    bool NeedsSecondFactor
)
{
    /// <summary>Makes a demand of a request and an application.</summary>
    public static ProofDemand Of(
        Application application,
        DateTimeOffset requestedAt,
        bool promptsLogin,
        long? maxAgeInSeconds,
        IEnumerable<string> authenticationContexts
    )
    {
        TimeSpan? requested = maxAgeInSeconds is { } seconds
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue))
            : null;
        return new(
            requestedAt,
            promptsLogin,
            Shorter(requested, application.MaxAuthenticationAge),
            application.RequiresSecondFactor
                || authenticationContexts.Contains(AuthenticationClaims.TwoFactors)
        );
    }

    /// <summary>
    /// Whether the session's authentication is what is asked for. One after the request is always recent enough, so that
    /// <c>max_age=0</c> ends.
    /// </summary>
    public bool IsMetBy(SessionSnapshot session, DateTimeOffset now)
    {
        if (NeedsSecondFactor && !StepUpPolicy.IsTwoFactor(session.Proof.Methods))
            return false;
        if (!IsRenewed && LongestAge is null)
            return true;
        if (session.AuthenticatedAt is not { } at)
            return false;

        return at > RequestedAt || (!IsRenewed && now - at <= LongestAge);
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) =>
        one is null || other < one ? other : one;
}
