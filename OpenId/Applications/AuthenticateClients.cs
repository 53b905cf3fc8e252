using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using SessionAuth.Domain.Applications;
using SessionAuth.Registry.Copies;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SessionAuth.OpenId.Applications;

/// <summary>
/// Authenticates the client of a form post. Failures are counted against the network that they come from. A right secret
/// always passes: with 256 random bits it cannot be guessed, so that a neighbour with a wrong one locks nobody out.
/// </summary>
internal sealed class AuthenticateClients(RegistryCopy registry, IClientFailures failures)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (!NeedsClient(context.EndpointType) || IsRight(context))
            return;

        HttpContext http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (await failures.Count(http) is { } wait)
            throw new TooManyClientFailuresException(wait);
        context.Reject(Errors.InvalidClient, "The client is not known, or its secret is wrong.");
    }

    private bool IsRight(ProcessAuthenticationContext context)
    {
        if (
            !ClientId.TryParse(context.ClientId, out ClientId id)
            || registry.Current.Applications.Find(id) is not { } application
        )
            return false;

        return application.Kind switch
        {
            ApplicationKind.Public => string.IsNullOrEmpty(context.ClientSecret),
            ApplicationKind.Confidential => ClientSecrets.IsRight(
                application,
                context.ClientSecret
            ),
            // A node is its client, and does not come by HTTP.
            ApplicationKind.Proxied => false,
        };
    }

    private static bool NeedsClient(OpenIddictServerEndpointType endpoint) =>
        endpoint
            is OpenIddictServerEndpointType.Token
                or OpenIddictServerEndpointType.Introspection
                or OpenIddictServerEndpointType.Revocation;
}

/// <summary>Too many failed authentications of applications came from a network: 429.</summary>
/// <param name="wait">How long the caller has to wait.</param>
public sealed class TooManyClientFailuresException(TimeSpan wait)
    : Exception("Too many failed authentications of applications.")
{
    /// <summary>How long the caller has to wait.</summary>
    public TimeSpan Wait => wait;
}
