using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary>
/// Turns cookies into a session. A valid access token is checked with its session's grain; without one, a valid refresh
/// token is exchanged, and the answer sets both cookies. A request that was held up is refused whatever it asks for:
/// without its session it might do something else than was meant.
/// </summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    AccessCookie cookie,
    TokenRefresh refresh,
    IGrainFactory grains
)
    // No logger: the framework would log each 401.
    : AuthenticationHandler<AuthenticationSchemeOptions>(
        options,
        NullLoggerFactory.Instance,
        encoder
    ),
        IAuthenticationRequestHandler
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "session";

    // There is a live session, but its user needs a second factor first.
    private bool _refused;

    private bool _heldUp;

    /// <inheritdoc/>
    public async Task<bool> HandleRequestAsync()
    {
        await HandleAuthenticateOnceAsync();
        if (_heldUp)
            await ApiProblems.HeldUp.ExecuteAsync(Context);
        return _heldUp;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The framework authenticates every request. Pages, health checks and sign-ins must not use up a refresh token.
        if (!SessionUse.Wants(Context.GetEndpoint()))
            return AuthenticateResult.NoResult();

        if (await cookie.Read(Request) is { } access && cookie.IsCurrent(access))
        {
            SessionStanding standing = await grains
                .Session(access.Session)
                .Check(access.User, access.Generation);
            if (standing is SessionStanding.Live or SessionStanding.Restricted)
                return Authenticated(
                    access.User,
                    access.Session,
                    standing == SessionStanding.Restricted
                );
        }

        RefreshAnswer answer = await refresh.Spend(Context);
        _heldUp = answer.Outcome == RefreshOutcome.HeldUp;
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
