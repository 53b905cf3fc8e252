using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.OpenId.Grants;

/// <summary>
/// The content of an authorization code. Nothing is stored when it is issued: it opens a grant under its own id in the
/// session when it is redeemed.
/// </summary>
public sealed record AuthorizationCode
{
    /// <summary>The id of the grant that it opens.</summary>
    public required GrantId Id { get; init; }

    /// <summary>The session.</summary>
    public required SessionId Session { get; init; }

    /// <summary>The session's user.</summary>
    public required UserId User { get; init; }

    /// <summary>The application that it was issued for.</summary>
    public required ClientId Application { get; init; }

    /// <summary>The hash of the address that it was sent to, which is longer.</summary>
    public required string RedirectHash { get; init; }

    /// <summary>The PKCE challenge (S256, RFC 7636 §4.2); empty for a client without PKCE.</summary>
    public required string Challenge { get; init; }

    /// <summary>The <c>nonce</c> of the request; empty without one.</summary>
    public required string Nonce { get; init; }

    /// <summary>What the application may ask for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When the user had authenticated; null if that does not count any more.</summary>
    public required DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>How the user had authenticated.</summary>
    public required IReadOnlyList<AuthenticationMethod> AuthenticationMethods { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The hash of an address.</summary>
    public static string HashOf(string redirectUri) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(redirectUri)));

    /// <summary>What opens the grant, once the client, the address and the verifier have been checked.</summary>
    public GrantOpening Opening() =>
        new(Id, Application, Scopes, AuthenticatedAt, AuthenticationMethods, ExpiresAt);
}
