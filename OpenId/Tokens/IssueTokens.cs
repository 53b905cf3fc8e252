using OpenIddict.Abstractions;
using OpenIddict.Server;
using SessionAuth.Domain.Applications;
using SessionAuth.OpenId.Grants;
using SessionAuth.OpenId.Keys;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Tokens;

/// <summary>
/// Makes authorization codes and refresh tokens in the project's own form, and decides on the claims and the key of JWTs,
/// which the library then writes.
/// </summary>
internal sealed class IssueTokens(AuthorizationCodes codes, GrantValues values, SigningKeys keys)
    : IOpenIddictServerHandler<GenerateTokenContext>
{
    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        switch (context.TokenType)
        {
            case TokenTypeIdentifiers.Private.AuthorizationCode:
                context.Token = codes.Seal(context.Transaction.Kept<AuthorizationCode>()!);
                break;
            case TokenTypeIdentifiers.RefreshToken:
                context.Token = RefreshToken(Issue(context));
                break;
            case TokenTypeIdentifiers.AccessToken:
                SetAccessToken(context, Issue(context));
                break;
            case TokenTypeIdentifiers.IdentityToken:
                SetIdentityToken(context, Issue(context));
                break;
            case { } other:
                throw new NotSupportedException($"{other} is never issued.");
        }

        return ValueTask.CompletedTask;
    }

    private static GrantIssue Issue(GenerateTokenContext context) =>
        context.Transaction.Kept<GrantIssue>()
        ?? throw new InvalidOperationException("Tokens are issued for a redeemed grant only.");

    private string RefreshToken(GrantIssue issue) =>
        values.RefreshToken(new(issue.Grant, issue.Generation));

    private void SetAccessToken(GenerateTokenContext context, GrantIssue issue)
    {
        context.SigningCredentials = keys.Signing(IdentityTokenAlgorithm.ES256);
        context.SecurityTokenDescriptor.SigningCredentials = context.SigningCredentials;
        context.SecurityTokenDescriptor.Replace(
            issue.Application.Audience ?? issue.Application.Id.Value,
            TokenClaims.OfAccessToken(issue, context.Principal.GetScopes())
        );
    }

    private void SetIdentityToken(GenerateTokenContext context, GrantIssue issue)
    {
        context.SigningCredentials = keys.Signing(issue.Application.IdentityTokenAlgorithm);
        context.SecurityTokenDescriptor.SigningCredentials = context.SigningCredentials;
        context.SecurityTokenDescriptor.Replace(
            issue.Application.Id.Value,
            TokenClaims.OfIdentityToken(issue, context.Principal.GetClaim(Claims.AccessTokenHash))
        );
    }
}
