namespace SessionAuth.Domain.Sessions;

/// <summary>How the user of a session authenticated.</summary>
/// <param name="Methods">The authentication methods used (<c>amr</c>, RFC 8176).</param>
/// <param name="Restricted">
/// Whether the assurance level is below the policy. A restricted session can only add or use a second factor.
/// </param>
public sealed record SessionProof(
    IReadOnlyList<AuthenticationMethod> Methods,
    bool Restricted = false
);
