using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.OpenId.Grants;

namespace SessionAuth.OpenId.Tokens;

/// <summary>What the tokens of one answer are issued from.</summary>
/// <param name="Application">The application.</param>
/// <param name="Grant">The grant, as values name it.</param>
/// <param name="Standing">What the application may learn.</param>
/// <param name="Scopes">The scopes of the access token: those of the grant, or fewer.</param>
/// <param name="Generation">The generation of the refresh token.</param>
/// <param name="Email">The user's email, if the application may learn it and it is verified; otherwise null.</param>
/// <param name="Nonce">The <c>nonce</c> of the authorization request; empty without one, and after a refresh.</param>
internal sealed record GrantIssue(
    Application Application,
    NamedGrant Grant,
    GrantStanding Standing,
    IReadOnlyList<string> Scopes,
    long Generation,
    string? Email,
    string Nonce
);
