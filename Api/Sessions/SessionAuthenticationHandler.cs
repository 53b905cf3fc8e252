using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Checks;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary>
/// Authenticates requests by their cookies. A valid access token is checked by <see cref="SessionChecks"/>. Without one, a
/// valid refresh token is exchanged for new tokens, and the response sets both cookies. A delayed request is rejected
/// even if the session is optional: without its session it might have another effect than intended.
/// </summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    AccessCookie cookie,
    TokenRefresh refresh,
    SessionChecks checks
)
    // No logger: the framework would log every 401.
    : AuthenticationHandler<AuthenticationSchemeOptions>(
        options,
        NullLoggerFactory.Instance,
        encoder
    ),
        IAuthenticationRequestHandler
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "session";

    // There is a live but restricted session.
    private bool _refused;

    private bool _superseded;

    /// <inheritdoc/>
    public async Task<bool> HandleRequestAsync()
    {
        await HandleAuthenticateOnceAsync();
        if (_superseded)
            await ApiProblems.TokenSuperseded.ExecuteAsync(Context);
        return _superseded;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The framework authenticates every request. Pages, health checks and sign-ins must not rotate the refresh
        // token.
        if (!SessionUse.Wants(Context.GetEndpoint()))
            return AuthenticateResult.NoResult();

        if (await cookie.Read(Request) is { } access && cookie.IsCurrent(access))
        {
            SessionStanding standing = await checks.Check(access.Session);
            if (standing is SessionStanding.Live or SessionStanding.Restricted)
                return Authenticated(
                    access.Session.User,
                    access.Session.Session,
                    standing == SessionStanding.Restricted
                );
        }

        RefreshAnswer answer = await refresh.Spend(Context);
        _superseded = answer.Outcome == RefreshOutcome.Superseded;
        return answer.Grant is { } grant
            ? Authenticated(grant.User, grant.Session, grant.Restricted)
            : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        (_refused ? AccountProblems.SecondFactorRequired : ApiProblems.NotSignedIn).ExecuteAsync(
            Context
        );

    private AuthenticateResult Authenticated(UserId user, SessionId session, bool restricted)
    {
        if (restricted && !SessionUse.IsOpenToRestricted(Context.GetEndpoint()))
        {
            _refused = true;
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(new CurrentSession(user, session));
        ClaimsIdentity identity = new(Name);
        identity.AddClaim(new Claim("sub", user.Value));
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), Name)
        );
    }
}
