using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Requests;

/// <summary>An address to return to after a sign-out is taken only together with its client.</summary>
internal sealed class CheckLogout : IOpenIddictServerHandler<ValidateEndSessionRequestContext>
{
    public ValueTask HandleAsync(ValidateEndSessionRequestContext context)
    {
        if (
            !string.IsNullOrEmpty(context.PostLogoutRedirectUri)
            && string.IsNullOrEmpty(context.ClientId)
            && context.IdentityTokenHintPrincipal is null
        )
            context.Reject(
                Errors.InvalidRequest,
                "The 'post_logout_redirect_uri' needs a 'client_id' or a valid 'id_token_hint'."
            );
        return ValueTask.CompletedTask;
    }
}
