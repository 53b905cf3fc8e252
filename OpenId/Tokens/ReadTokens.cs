using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SessionAuth.OpenId.Grants;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Tokens;

/// <summary>
/// Reads authorization codes and refresh tokens, and changes nothing: a code without its verifier, or with another client,
/// can still be redeemed by the right one. JWTs are left to the library.
/// </summary>
internal sealed class ReadTokens(AuthorizationCodes codes, GrantValues values)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    private const string AuthenticationType = "SessionAuth";

    // No address, and so none that a request could name.
    private const string AnotherAddress = "-";
    private const char PartOfJwt = '.';

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is not null || context.Token.Contains(PartOfJwt))
            return;

        if (
            context.ValidTokenTypes.Contains(TokenTypeIdentifiers.RefreshToken)
            && await values.ReadRefreshToken(context.Token, context.CancellationToken)
                is { } refresh
        )
        {
            context.Transaction.Keep(refresh);
            context.Principal = Principal(
                TokenTypeIdentifiers.RefreshToken,
                refresh.Grant.Application.Value
            );
        }
        else if (
            context.EndpointType == OpenIddictServerEndpointType.Token
            && context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.AuthorizationCode)
            && await codes.Open(context.Token, context.CancellationToken) is { } code
        )
        {
            context.Transaction.Keep(code);
            context.Principal = OfCode(code, context.Request?.RedirectUri);
        }
    }

    private static ClaimsPrincipal OfCode(AuthorizationCode code, string? redirectUri)
    {
        ClaimsPrincipal principal = Principal(
            TokenTypeIdentifiers.Private.AuthorizationCode,
            code.Application.Value
        );
        principal
            .SetScopes(code.Scopes)
            .SetExpirationDate(code.ExpiresAt)
            .SetClaim(
                Claims.Private.RedirectUri,
                redirectUri is not null
                && AuthorizationCode.HashOf(redirectUri) == code.RedirectHash
                    ? redirectUri
                    : AnotherAddress
            );
        if (code.Challenge.Length > 0)
            principal
                .SetClaim(Claims.Private.CodeChallenge, code.Challenge)
                .SetClaim(Claims.Private.CodeChallengeMethod, CodeChallengeMethods.Sha256);
        return principal;
    }

    private static ClaimsPrincipal Principal(string type, string application)
    {
        ClaimsPrincipal principal = new(new ClaimsIdentity(AuthenticationType));
        return principal.SetTokenType(type).SetPresenters(application);
    }
}
