using SessionAuth.Checks;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// A verified value by which a request to an application names its grant: the application's cookie, or an access token.
/// </summary>
/// <param name="grant">What it names.</param>
/// <param name="version">The version of the registry whose keys it was verified with.</param>
/// <param name="expiresAt">When it expires; null for one that lives as long as its grant.</param>
internal sealed class ApplicationCredential(
    CheckedGrant grant,
    long version,
    DateTimeOffset? expiresAt
)
{
    private volatile Assertion? _assertion;

    /// <summary>What it names.</summary>
    public CheckedGrant Grant => grant;

    /// <summary>The version of the registry whose keys it was verified with.</summary>
    public long Version => version;

    /// <summary>When it expires; null for one that lives as long as its grant.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <summary>The last assertion that was signed for it; null before the first.</summary>
    public Assertion? Assertion
    {
        get => _assertion;
        set => _assertion = value;
    }
}
