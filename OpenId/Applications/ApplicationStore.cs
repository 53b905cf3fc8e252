using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using SessionAuth.Domain.Applications;
using SessionAuth.Registry.Copies;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SessionAuth.OpenId.Applications;

/// <summary>The registered applications, as the library looks them up in this node's copy of the registry.</summary>
internal sealed partial class ApplicationStore(RegistryCopy registry)
    : IOpenIddictApplicationStore<Application>
{
    public ValueTask<Application?> FindByIdAsync(
        string identifier,
        CancellationToken cancellationToken
    ) => new(Find(identifier));

    public ValueTask<Application?> FindByClientIdAsync(
        string identifier,
        CancellationToken cancellationToken
    ) => new(Find(identifier));

    public async IAsyncEnumerable<Application> FindByPostLogoutRedirectUriAsync(
        string uri,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await ValueTask.CompletedTask;
        foreach (Application application in registry.Current.Applications.All)
        {
            if (RedirectAddresses.TakesSignOut(application, uri))
                yield return application;
        }
    }

    public ValueTask<string?> GetIdAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new(application.Id.Value);

    public ValueTask<string?> GetClientIdAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new(application.Id.Value);

    public ValueTask<string?> GetClientTypeAsync(
        Application application,
        CancellationToken cancellationToken
    ) =>
        new(
            application.Kind switch
            {
                ApplicationKind.Public => ClientTypes.Public,
                // A proxied application has no secret, and so none that is right.
                ApplicationKind.Confidential or ApplicationKind.Proxied => ClientTypes.Confidential,
            }
        );

    public ValueTask<string?> GetApplicationTypeAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new(ApplicationTypes.Web);

    public ValueTask<ImmutableArray<string>> GetPermissionsAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new([]);

    public ValueTask<ImmutableArray<string>> GetRequirementsAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new(application.PkceIsOptional ? [] : [Requirements.Features.ProofKeyForCodeExchange]);

    public ValueTask<ImmutableArray<string>> GetRedirectUrisAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new([.. RedirectAddresses.Of(application)]);

    public ValueTask<ImmutableArray<string>> GetPostLogoutRedirectUrisAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new([.. application.PostLogoutRedirectUris]);

    public ValueTask<ImmutableDictionary<string, string>> GetSettingsAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new(ImmutableDictionary<string, string>.Empty);

    public ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(
        Application application,
        CancellationToken cancellationToken
    ) => new(default(JsonWebKeySet?));

    private Application? Find(string identifier) =>
        ClientId.TryParse(identifier, out ClientId id)
            ? registry.Current.Applications.Find(id)
            : null;
}
