using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces;
using SessionAuth.OpenId.Grants;
using SessionAuth.Registry.Copies;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Tokens;

/// <summary>
/// Redeems codes and refresh tokens, after the client, the address and the verifier have been checked: one write in the
/// session.
/// </summary>
internal sealed class RedeemTokens(IGrainFactory grains, RegistryCopy registry, UserEmails emails)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    private const string AuthenticationType = "SessionAuth";

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (
            registry.Current.Applications.Find(ClientId.Parse(context.ClientId!))
            is not { } application
        )
        {
            context.Reject(Errors.InvalidClient, "The client is not known any more.");
            return;
        }

        GrantIssue? issue = context.Request.IsRefreshTokenGrantType()
            ? await Refresh(
                application,
                context.Transaction.Kept<GrantRefresh>()!,
                context.Request.GetScopes()
            )
            : await Open(application, context.Transaction.Kept<AuthorizationCode>()!);
        if (issue is null)
        {
            context.Reject(Errors.InvalidGrant, "The grant is not valid any more.");
            return;
        }

        context.Transaction.Keep(issue);
        context.Principal = Principal(issue);
    }

    private async Task<GrantIssue?> Open(Application application, AuthorizationCode code)
    {
        OpenGrantResult result = await grains.Session(code.Session).OpenGrant(code.Opening());
        return await result.Match<Task<GrantIssue?>>(
            async opened =>
                await Issue(
                    application,
                    new(code.Session, code.Id, code.Application),
                    opened.Grant,
                    opened.Grant.Scopes,
                    opened.Generation,
                    code.Nonce
                ),
            usedBefore => None,
            expired => None,
            notLive => None,
            tooMany => throw new GrantNotYetException(GrantNotYetReason.TooManyEnded)
        );
    }

    private async Task<GrantIssue?> Refresh(
        Application application,
        GrantRefresh presented,
        IReadOnlyList<string> asked
    )
    {
        NamedGrant grant = presented.Grant;
        RefreshGrantResult result = await grains
            .Session(grant.Session)
            .RefreshGrant(grant.Id, grant.Application, presented.Generation);
        return await result.Match<Task<GrantIssue?>>(
            async refreshed =>
                await Issue(
                    application,
                    grant,
                    refreshed.Grant,
                    Scopes(refreshed.Grant.Scopes, asked),
                    refreshed.Generation,
                    nonce: ""
                ),
            superseded => throw new GrantNotYetException(GrantNotYetReason.Superseded),
            replayed => None,
            notLive => None
        );
    }

    private async Task<GrantIssue> Issue(
        Application application,
        NamedGrant grant,
        GrantStanding standing,
        IReadOnlyList<string> scopes,
        long generation,
        string nonce
    ) =>
        new(
            application,
            grant,
            standing,
            scopes,
            generation,
            await emails.Verified(standing.User, scopes),
            nonce
        );

    // A client may ask for fewer (RFC 6749 §6), and many name those of their authorization request each time: what was not
    // granted is left out, as it was there. Without a new refresh token in the answer the client would keep the spent one.
    private static IReadOnlyList<string> Scopes(
        IReadOnlyList<string> granted,
        IReadOnlyList<string> asked
    ) =>
        asked.Count == 0
            ? granted
            :
            [
                .. granted.Where(scope =>
                    scope == OpenIddictConstants.Scopes.OfflineAccess || asked.Contains(scope)
                ),
            ];

    private static ClaimsPrincipal Principal(GrantIssue issue)
    {
        ClaimsPrincipal principal = new(new ClaimsIdentity(AuthenticationType));
        principal.SetClaim(Claims.Subject, issue.Standing.User.Value).SetScopes(issue.Scopes);
        return principal;
    }

    private static Task<GrantIssue?> None => Task.FromResult<GrantIssue?>(null);
}
