using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SessionAuth.Domain.Applications;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Tokens;

/// <summary>
/// Says what a live token is (RFC 7662), to the confidential application that it was issued for or to its audience. To
/// others it is as if it did not exist.
/// </summary>
internal sealed class AnswerIntrospection
    : IOpenIddictServerHandler<ValidateIntrospectionRequestContext>,
        IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public ValueTask HandleAsync(ValidateIntrospectionRequestContext context)
    {
        if (
            context.Transaction.Kept<LiveGrant>() is not { } live
            || !MayKnow(live, context.ClientId)
        )
            context.Reject(Errors.InvalidToken, "The token is not this client's.");
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        LiveGrant live = context.Transaction.Kept<LiveGrant>()!;
        context.Claims.Clear();
        foreach ((string name, object value) in TokenClaims.OfUser(live.Grant, live.Standing))
        {
            if (name != Claims.Subject)
                context.Claims[name] = new OpenIddictParameter(
                    JsonSerializer.SerializeToElement(value)
                );
        }

        context.Scopes.Clear();
        context.Scopes.UnionWith(
            context.GenericTokenPrincipal.HasTokenType(TokenTypeIdentifiers.AccessToken)
                ? context.GenericTokenPrincipal.GetScopes()
                : live.Standing.Scopes
        );
        return ValueTask.CompletedTask;
    }

    private static bool MayKnow(LiveGrant live, string? client) =>
        live.Application.Kind == ApplicationKind.Confidential
            ? client == live.Application.Id.Value || client == live.Application.Audience
            : live.Application.Audience is { } audience && client == audience;
}
