using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>The content of an authorization code, which opens a grant when it is redeemed.</summary>
/// <param name="Id">The id of the grant.</param>
/// <param name="Application">The application.</param>
/// <param name="Scopes">What the application may ask for.</param>
/// <param name="AuthenticatedAt">When the user had authenticated as the code was issued; null if that did not count.</param>
/// <param name="AuthenticationMethods">How the user had authenticated.</param>
/// <param name="ExpiresAt">When the code expires, <see cref="SessionGrants.LongestCode"/> after it was issued.</param>
/// <param name="Replaces">The grant of the same browser that this one takes the place of; null for none.</param>
/// <param name="IsRepeatable">
/// Whether the same code may be redeemed again while it has not expired: a node's own callback, which a proxy repeats.
/// Elsewhere, a second use ends the grant (RFC 6749 §4.1.2).
/// </param>
public sealed record GrantOpening(
    GrantId Id,
    ClientId Application,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? AuthenticatedAt,
    IReadOnlyList<AuthenticationMethod> AuthenticationMethods,
    DateTimeOffset ExpiresAt,
    GrantId? Replaces = null,
    bool IsRepeatable = false
);
