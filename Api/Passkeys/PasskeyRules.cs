using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Passkeys;

/// <summary>
/// What a passkey must be like here: bound to <c>ROOT_DOMAIN</c>, asked for by the UI's own pages and no others, its
/// user verified by the authenticator, found by it without a name being typed.
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

    /// <summary>Answers where browsers make no passkeys for the domain, before anybody is asked for one.</summary>
    public ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) => IsReachable ? next(context) : new(PasskeyProblems.PasskeysUnavailable);

    // A browser makes passkeys for the host of the page, or for a domain above it (WebAuthn §5.1.3).
    private bool IsReachable =>
        origins.Ui.Host == _domain
        || origins.Ui.Host.EndsWith("." + _domain, StringComparison.Ordinal);

    private bool IsOurs(PasskeyOriginValidationContext asked) =>
        string.Equals(asked.Origin, origins.Ui.Value, StringComparison.Ordinal)
        && asked is { CrossOrigin: false, TopOrigin: null };
}

/// <summary>Marks the endpoints that ask an authenticator for something.</summary>
internal static class PasskeyEndpointExtensions
{
    /// <summary>Answers 409 where browsers make no passkeys for the pages' domain.</summary>
    public static RouteHandlerBuilder NeedsReachablePasskeys(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<PasskeyRules>().MayAnswer(PasskeyProblems.PasskeysUnavailable);
}
