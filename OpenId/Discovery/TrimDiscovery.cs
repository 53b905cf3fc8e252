using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SessionAuth.Domain.Applications;
using SessionAuth.OpenId.Keys;
using SessionAuth.OpenId.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Discovery;

/// <summary>Makes the discovery document say what the provider does, and nothing else.</summary>
internal sealed class TrimDiscovery(SigningKeys keys)
    : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    private static readonly string[] s_claims =
    [
        Claims.Issuer,
        Claims.Subject,
        Claims.Audience,
        Claims.ExpiresAt,
        Claims.IssuedAt,
        Claims.Nonce,
        Claims.AuthenticationTime,
        Claims.AuthenticationContextReference,
        Claims.AuthenticationMethodReference,
        Claims.Email,
        Claims.EmailVerified,
        TokenClaims.Session,
    ];

    private static readonly string[] s_ofConfidentialClients =
    [
        ClientAuthenticationMethods.ClientSecretBasic,
        ClientAuthenticationMethods.ClientSecretPost,
    ];

    private static readonly ImmutableArray<string?> s_contexts =
    [
        AuthenticationClaims.OneFactor,
        AuthenticationClaims.TwoFactors,
    ];

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        Replace(context.Claims, s_claims);
        Replace(context.PromptValues, PromptValues.None, PromptValues.Login);
        Replace(
            context.TokenEndpointAuthenticationMethods,
            [.. s_ofConfidentialClients, ClientAuthenticationMethods.None]
        );
        Replace(context.IntrospectionEndpointAuthenticationMethods, s_ofConfidentialClients);
        Replace(
            context.RevocationEndpointAuthenticationMethods,
            [.. s_ofConfidentialClients, ClientAuthenticationMethods.None]
        );
        Replace(context.IdTokenSigningAlgorithms, SecurityAlgorithms.EcdsaSha256);
        if (keys.HasRsa)
            context.IdTokenSigningAlgorithms.Add(SecurityAlgorithms.RsaSha256);
        context.Metadata[Metadata.AuthorizationResponseIssParameterSupported] = true;
        context.Metadata[Metadata.ClaimsParameterSupported] = false;
        context.Metadata[Metadata.RequestParameterSupported] = false;
        context.Metadata[Metadata.RequestUriParameterSupported] = false;
        context.Metadata["acr_values_supported"] = new OpenIddictParameter(s_contexts);
        return ValueTask.CompletedTask;
    }

    private static void Replace(HashSet<string> values, params IEnumerable<string> replacements)
    {
        values.Clear();
        values.UnionWith(replacements);
    }
}
