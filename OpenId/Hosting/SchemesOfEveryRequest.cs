using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Server.AspNetCore;

namespace SessionAuth.OpenId.Hosting;

/// <summary>
/// Keeps the library out of the framework's authentication of every request: <see cref="OpenIdPipeline"/> calls it.
/// </summary>
internal sealed class SchemesOfEveryRequest(IOptions<AuthenticationOptions> options)
    : AuthenticationSchemeProvider(options)
{
    public override async Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() =>
        (await base.GetRequestHandlerSchemesAsync()).Where(scheme =>
            scheme.Name != OpenIddictServerAspNetCoreDefaults.AuthenticationScheme
        );
}
