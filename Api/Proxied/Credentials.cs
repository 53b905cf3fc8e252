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
        return await Find(BearerOf(request), isBearer: true, request, application)
            ?? await Find(
                ApplicationCookie.Find(request, origin).ToString(),
                isBearer: false,
                request,
                application
            );
    }

    private async ValueTask<ApplicationCredential?> Find(
        string text,
        bool isBearer,
        HttpRequest request,
        Application application
    )
    {
        if (text.Length == 0)
            return null;

        // Verified with keys of which none has been removed since.
        bool isVerified =
            _recent.TryGet(text, out ApplicationCredential? credential)
            && credential.Version == registry.Current.Version;
        if (!isVerified)
            credential = await Verify(text, isBearer, request.HttpContext.RequestAborted);
        return
            credential is not null
            && credential.Grant.Application == application.Id
            && !(credential.ExpiresAt <= clock.GetUtcNow())
            ? credential
            : null;
    }

    private static string BearerOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } line]
        && line.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? line[Bearer.Length..].Trim()
            : "";

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
