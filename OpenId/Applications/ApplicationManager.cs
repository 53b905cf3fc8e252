using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using SessionAuth.Domain.Applications;

namespace SessionAuth.OpenId.Applications;

/// <summary>
/// What the library asks about applications, with the project's own comparison of addresses. Secrets are verified by
/// <see cref="AuthenticateClients"/>.
/// </summary>
internal sealed class ApplicationManager(
    IOpenIddictApplicationCache<Application> cache,
    ILogger<OpenIddictApplicationManager<Application>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Application> store
) : OpenIddictApplicationManager<Application>(cache, logger, options, store)
{
    public override ValueTask<bool> ValidateRedirectUriAsync(
        Application application,
        string uri,
        CancellationToken cancellationToken = default
    ) => new(RedirectAddresses.TakesResponse(application, uri));

    public override ValueTask<bool> ValidatePostLogoutRedirectUriAsync(
        Application application,
        string uri,
        CancellationToken cancellationToken = default
    ) => new(RedirectAddresses.TakesSignOut(application, uri));
}
