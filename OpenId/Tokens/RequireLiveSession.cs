using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SessionAuth.Checks;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.OpenId.Grants;
using SessionAuth.Registry.Copies;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Tokens;

/// <summary>
/// A token is good only while its grant is: the live session is asked for each. An identity token as a hint is read
/// whatever has become of its session, and codes and refresh tokens are judged when they are redeemed.
/// </summary>
internal sealed class RequireLiveSession(SessionChecks checks, RegistryCopy registry)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is not { } principal || !IsJudgedHere(context, principal))
            return;

        if (
            Named(context, principal) is { } named
            && registry.Current.Applications.Find(named.Application) is { } application
            && await checks.CheckGrant(new(named.Session, named.Id, named.Application))
                is { } standing
        )
        {
            context.Transaction.Keep(new LiveGrant(application, named, standing));
            principal.SetClaim(Claims.Subject, standing.User.Value);
        }
        else
        {
            context.Reject(Errors.InvalidToken, "The token is not valid any more.");
        }
    }

    private static bool IsJudgedHere(ValidateTokenContext context, ClaimsPrincipal principal) =>
        principal.HasTokenType(TokenTypeIdentifiers.AccessToken)
        || (
            principal.HasTokenType(TokenTypeIdentifiers.RefreshToken)
            && context.EndpointType != OpenIddictServerEndpointType.Token
        );

    private static NamedGrant? Named(ValidateTokenContext context, ClaimsPrincipal principal)
    {
        if (principal.HasTokenType(TokenTypeIdentifiers.RefreshToken))
            return context.Transaction.Kept<GrantRefresh>()?.Grant;

        return
            SessionId.TryParse(principal.GetClaim(TokenClaims.Session), out SessionId session)
            && GrantId.TryParse(principal.GetClaim(TokenClaims.Grant), out GrantId grant)
            && ClientId.TryParse(principal.GetClaim(Claims.ClientId), out ClientId application)
            ? new(session, grant, application)
            : null;
    }
}

/// <summary>A grant that is live, of the token that a request is about.</summary>
/// <param name="Application">The application that it was opened for.</param>
/// <param name="Grant">The grant, as the token names it.</param>
/// <param name="Standing">What the application may learn.</param>
internal sealed record LiveGrant(Application Application, NamedGrant Grant, GrantStanding Standing);
