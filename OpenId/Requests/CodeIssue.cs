using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.OpenId.Grants;
using SessionAuth.OpenId.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SessionAuth.OpenId.Requests;

/// <summary>Sends the browser back to the application with a code. Nothing is written.</summary>
internal sealed class CodeIssue(TimeProvider clock)
{
    /// <summary>Answers with a code for the session, with its authentication as it is now.</summary>
    public Task Answer(
        HttpContext context,
        OpenIddictRequest request,
        Application application,
        SessionSnapshot session
    )
    {
        string[] scopes = [.. request.GetScopes().Intersect(application.Scopes)];
        context
            .Features.Get<OpenIddictServerAspNetCoreFeature>()!
            .Transaction!.Keep(Code(request, application, session, scopes));
        ClaimsPrincipal principal = new(
            new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
        );
        principal.SetClaim(Claims.Subject, session.User.Value).SetScopes(scopes);
        return context.SignInAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
            principal
        );
    }

    private AuthorizationCode Code(
        OpenIddictRequest request,
        Application application,
        SessionSnapshot session,
        IReadOnlyList<string> scopes
    ) =>
        new()
        {
            Id = GrantId.New(),
            Session = session.Id,
            User = session.User,
            Application = application.Id,
            RedirectHash = AuthorizationCode.HashOf(request.RedirectUri!),
            Challenge = request.CodeChallenge ?? "",
            Nonce = request.Nonce ?? "",
            Scopes = scopes,
            AuthenticatedAt = session.AuthenticatedAt,
            AuthenticationMethods = session.Proof.Methods,
            ExpiresAt = clock.GetUtcNow() + SessionGrants.LongestCode,
        };
}
