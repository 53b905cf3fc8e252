namespace SessionAuth.Domain.Sessions;

/// <summary>How the user of a session proved their identity.</summary>
/// <param name="Methods">The authentication methods used (<c>amr</c>, RFC 8176).</param>
/// <param name="Restricted">
/// Whether this is too weak for the account's policy: the session then allows nothing but setting up or giving a stronger proof.
/// </param>
public sealed record SessionProof(
    IReadOnlyList<AuthenticationMethod> Methods,
    bool Restricted = false
);
