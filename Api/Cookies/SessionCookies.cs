using SessionAuth.Api.Tokens;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Cookies;

/// <summary>The two cookies that carry a session's tokens.</summary>
internal sealed class SessionCookies(
    SignedCookies cookies,
    TokenIssuer issuer,
    TokenReader reader,
    TimeProvider clock
)
{
    // Asked for with each request.
    private readonly SignedCookies.Reading<AccessToken> _readAccess = reader.Access;
    private readonly SignedCookies.Reading<RefreshToken> _readRefresh = text =>
        reader.Refresh(text.ToString());
    private string? _access;
    private string? _refresh;

    private string AccessName => _access ??= cookies.NameOf("accessToken");

    private string RefreshName => _refresh ??= cookies.NameOf("refreshToken");

    /// <summary>The access token in the request, whatever its age; null when there is none that is ours.</summary>
    public ValueTask<AccessToken?> Access(HttpRequest request) =>
        cookies.Read(request, AccessName, _readAccess);

    /// <summary>The refresh token in the request, whatever its age; null when there is none that is ours.</summary>
    public ValueTask<RefreshToken?> Refresh(HttpRequest request) =>
        cookies.Read(request, RefreshName, _readRefresh);

    /// <summary>The sessions that the request carries tokens of, whatever their age.</summary>
    public async ValueTask<IReadOnlyList<SessionId>> Sessions(HttpRequest request)
    {
        RefreshToken? refresh = await Refresh(request);
        AccessToken? access = await Access(request);
        return [.. new[] { refresh?.Session, access?.Session }.OfType<SessionId>().Distinct()];
    }

    /// <summary>Gives the browser the tokens of a session, with whatever answer follows.</summary>
    public void Set(HttpResponse response, SessionGrant grant)
    {
        cookies.Set(response, AccessName, issuer.Access(grant), maxAge: null);
        cookies.Set(
            response,
            RefreshName,
            issuer.Refresh(grant),
            grant.Persistent ? grant.ExpiresAt - clock.GetUtcNow() : null
        );
    }

    /// <summary>Takes the tokens from the browser.</summary>
    public void Clear(HttpResponse response)
    {
        cookies.Clear(response, AccessName);
        cookies.Clear(response, RefreshName);
    }
}
