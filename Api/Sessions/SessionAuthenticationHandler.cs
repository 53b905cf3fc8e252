using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Sessions;

/// <summary>Authenticates requests by <see cref="SessionAuthentication"/>, within the framework's middleware.</summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    SessionAuthentication sessions
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

    private FoundSession _found = FoundSession.None;

    /// <inheritdoc/>
    public async Task<bool> HandleRequestAsync()
    {
        await HandleAuthenticateOnceAsync();
        if (_found.IsSuperseded)
            await _found.Problem.ExecuteAsync(Context);
        return _found.IsSuperseded;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The framework authenticates every request. Pages, health checks and sign-ins must not rotate the refresh
        // token.
        if (!SessionUse.Wants(Context.GetEndpoint()))
            return AuthenticateResult.NoResult();

        _found = await sessions.Find(Context);
        return _found.Current is { } current ? Ticket(current) : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        _found.Problem.ExecuteAsync(Context);

    private static AuthenticateResult Ticket(CurrentSession current)
    {
        ClaimsIdentity identity = new(Name);
        identity.AddClaim(new Claim("sub", current.User.Value));
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), Name)
        );
    }
}
