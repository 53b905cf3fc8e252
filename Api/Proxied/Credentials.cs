using System.Diagnostics.CodeAnalysis;
using SessionAuth.Api.Cookies;
using SessionAuth.Checks;
using SessionAuth.Domain.Applications;
using SessionAuth.OpenId.Grants;
using SessionAuth.OpenId.Tokens;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// Finds the value by which a request to an application names its grant: the access token of a script or a phone
/// (RFC 6750), otherwise the application's cookie.
/// </summary>
internal sealed class Credentials(
    GrantValues values,
    AccessTokens accessTokens,
    RegistryCopy registry,
    TimeProvider clock
)
{
    private const string Bearer = "Bearer ";
    private const int Most = 200_000;

    // As long as they are not evicted: they do not expire.
    private readonly RecentTokens<ApplicationCredential> _recent = new(
        Most,
        credential => credential.ExpiresAt ?? DateTimeOffset.MaxValue
    );

    /// <summary>Finds the credential of a request to an application.</summary>
    /// <param name="request">The request.</param>
    /// <param name="application">The application.</param>
    /// <param name="origin">The application's origin.</param>
    /// <returns>The credential; null when there is none that is valid for this application.</returns>
    /// <exception cref="RegistryUnavailableException">Its key is not held here yet.</exception>
    public async ValueTask<ApplicationCredential?> Find(
        HttpRequest request,
        Application application,
        string origin
    )
    {
        // The application may take bearer tokens of its own beside the cookie.
        ApplicationCredential? bearer = await Read(BearerOf(request), isBearer: true, request);
        if (IsFor(application, bearer))
            return bearer;
        ApplicationCredential? cookie = await Read(
            ApplicationCookie.Find(request, origin),
            isBearer: false,
            request
        );
        return IsFor(application, cookie) ? cookie : null;
    }

    private ValueTask<ApplicationCredential?> Read(
        ReadOnlySpan<char> text,
        bool isBearer,
        HttpRequest request
    )
    {
        if (text.IsEmpty)
            return default;
        // Verified as what it comes as now, and with keys of which none has been removed since.
        if (
            _recent.TryGet(text, out ApplicationCredential? known)
            && known.ExpiresAt is not null == isBearer
            && known.Version == registry.Current.Version
        )
            return new(known);
        return Verify(text.ToString(), isBearer, request.HttpContext.RequestAborted);
    }

    private bool IsFor(Application application, [NotNullWhen(true)] ApplicationCredential? found) =>
        found is not null
        && found.Grant.Application == application.Id
        && !(found.ExpiresAt <= clock.GetUtcNow());

    private static ReadOnlySpan<char> BearerOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } line]
        && line.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? line.AsSpan(Bearer.Length).Trim()
            : default;

    private async ValueTask<ApplicationCredential?> Verify(
        string text,
        bool isBearer,
        CancellationToken cancellationToken
    )
    {
        long version = registry.Current.Version;
        ApplicationCredential? credential = isBearer
            ? await ReadBearer(text, version)
            : await ReadCookie(text, version, cancellationToken);
        if (credential is not null)
            _recent.Put(text, credential);
        return credential;
    }

    private async ValueTask<ApplicationCredential?> ReadCookie(
        string text,
        long version,
        CancellationToken cancellationToken
    ) =>
        await values.ReadSessionToken(text, cancellationToken) is { } grant
            ? new(Checked(grant), version, expiresAt: null)
            : null;

    private async ValueTask<ApplicationCredential?> ReadBearer(string text, long version) =>
        await accessTokens.Read(text) is { } access
            ? new(Checked(access.Grant), version, access.ExpiresAt)
            : null;

    private static CheckedGrant Checked(NamedGrant grant) =>
        new(grant.Session, grant.Id, grant.Application);
}
