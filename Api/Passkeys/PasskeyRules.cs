using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Passkeys;

/// <summary>
/// The requirements for passkeys: the relying party is <c>ROOT_DOMAIN</c>, requests come from the UI's origin only,
/// user verification, and discoverable credentials.
/// </summary>
internal sealed class PasskeyRules(Origins origins, IOptions<ApiSettings> settings)
    : IConfigureOptions<IdentityPasskeyOptions>,
        IEndpointFilter
{
    private const string Required = "required";

    private readonly string _domain = settings.Value.RootDomain;

    public void Configure(IdentityPasskeyOptions options)
    {
        options.ServerDomain = _domain;
        options.UserVerificationRequirement = Required;
        options.ResidentKeyRequirement = Required;
        options.AttestationConveyancePreference = "none";
        options.ValidateOrigin = asked => ValueTask.FromResult(IsOurs(asked));
    }

    /// <summary>Rejects the call if browsers cannot use passkeys for the domain, before the user is prompted.</summary>
    public ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) => IsReachable ? next(context) : new(PasskeyProblems.PasskeysUnavailable);

    // The relying party must be the host of the page or a parent domain (WebAuthn §5.1.3).
    private bool IsReachable =>
        origins.Ui.Host == _domain
        || origins.Ui.Host.EndsWith("." + _domain, StringComparison.Ordinal);

    private bool IsOurs(PasskeyOriginValidationContext asked) =>
        string.Equals(asked.Origin, origins.Ui.Value, StringComparison.Ordinal)
        && asked is { CrossOrigin: false, TopOrigin: null };
}

/// <summary>Configures endpoints that use WebAuthn.</summary>
internal static class PasskeyEndpointExtensions
{
    /// <summary>Returns 409 if browsers cannot use passkeys for the pages' domain.</summary>
    public static RouteHandlerBuilder NeedsReachablePasskeys(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<PasskeyRules>().MayAnswer(PasskeyProblems.PasskeysUnavailable);
}
