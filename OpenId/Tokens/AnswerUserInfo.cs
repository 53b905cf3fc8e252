using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Tokens;

/// <summary>Says who the user of an access token is (OpenID Connect Core §5.3).</summary>
internal sealed class AnswerUserInfo(UserEmails emails)
    : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        LiveGrant live = context.Transaction.Kept<LiveGrant>()!;
        context.Claims.Clear();
        context.Subject = live.Standing.User.Value;
        context.Claims[TokenClaims.Session] = live.Grant.Session.Value;
        if (
            await emails.Verified(live.Standing.User, context.AccessTokenPrincipal.GetScopes()) is
            { } email
        )
        {
            context.Email = email;
            context.EmailVerified = true;
        }
        else
        {
            context.Email = null;
            context.EmailVerified = null;
        }
    }
}
