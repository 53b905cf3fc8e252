using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.OpenId.Keys;
using SessionAuth.Registry.Keys;

namespace SessionAuth.OpenId.Grants;

/// <summary>
/// The short values that an application holds for a grant: they name it, and nothing else. Whether it is live is the
/// session's to say.
/// </summary>
public sealed class GrantValues(SignedValues values)
{
    private const string RefreshPurpose = "refresh token";
    private const string SessionPurpose = "session token";
    private const int IdBytes = 16;
    private const int GenerationBytes = sizeof(long);

    /// <summary>Makes a refresh token.</summary>
    public string RefreshToken(GrantRefresh refresh)
    {
        ArgumentNullException.ThrowIfNull(refresh);
        byte[] content = Content(refresh.Grant, GenerationBytes);
        BinaryPrimitives.WriteInt64BigEndian(content, refresh.Generation);
        return values.Sign(RefreshPurpose, content);
    }

    /// <summary>Reads a refresh token; null when this cluster has not made it.</summary>
    public async ValueTask<GrantRefresh?> ReadRefreshToken(
        string value,
        CancellationToken cancellationToken
    )
    {
        byte[]? content = await values.Content(RefreshPurpose, value, cancellationToken);
        return content is null
            ? null
            : new(Read(content, GenerationBytes), BinaryPrimitives.ReadInt64BigEndian(content));
    }

    /// <summary>
    /// Makes a session token (scope <c>session</c>): it never changes, and opens nothing but the check for its application.
    /// </summary>
    public string SessionToken(NamedGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return values.Sign(SessionPurpose, Content(grant, 0));
    }

    /// <summary>Reads a session token; null when this cluster has not made it.</summary>
    public async ValueTask<NamedGrant?> ReadSessionToken(
        string value,
        CancellationToken cancellationToken
    )
    {
        byte[]? content = await values.Content(SessionPurpose, value, cancellationToken);
        return content is null ? null : Read(content, 0);
    }

    // After the free bytes: the session's id, the grant's id, and the application's.
    private static byte[] Content(NamedGrant grant, int free)
    {
        byte[] application = Encoding.ASCII.GetBytes(grant.Application.Value);
        byte[] content = new byte[free + 2 * IdBytes + application.Length];
        Base64Url.DecodeFromChars(grant.Session.Value, content.AsSpan(free));
        Base64Url.DecodeFromChars(grant.Id.Value, content.AsSpan(free + IdBytes));
        application.CopyTo(content.AsSpan(free + 2 * IdBytes));
        return content;
    }

    private static NamedGrant Read(byte[] content, int free) =>
        new(
            SessionId.Parse(Base64Url.EncodeToString(content.AsSpan(free, IdBytes))),
            GrantId.Parse(Base64Url.EncodeToString(content.AsSpan(free + IdBytes, IdBytes))),
            ClientId.Parse(Encoding.ASCII.GetString(content.AsSpan(free + 2 * IdBytes)))
        );
}

/// <summary>A grant, as a value of its application names it.</summary>
/// <param name="Session">The session that it belongs to.</param>
/// <param name="Id">Its id.</param>
/// <param name="Application">The application that it was opened for.</param>
public sealed record NamedGrant(SessionId Session, GrantId Id, ClientId Application);

/// <summary>The content of a refresh token.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Generation">The generation of the token.</param>
public sealed record GrantRefresh(NamedGrant Grant, long Generation);
