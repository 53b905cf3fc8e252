using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using SessionAuth.Domain.Applications;

namespace SessionAuth.OpenId.Applications;

/// <remarks>
/// Members that the library's server does not call: applications are changed in the registry, and a secret is no member of
/// its own.
/// </remarks>
internal sealed partial class ApplicationStore
{
    private static NotSupportedException Unused => new("Applications are changed in the registry.");

    ValueTask<long> IOpenIddictApplicationStore<Application>.CountAsync(
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask<long> IOpenIddictApplicationStore<Application>.CountAsync<TResult>(
        Func<IQueryable<Application>, IQueryable<TResult>> query,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.CreateAsync(
        Application application,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.DeleteAsync(
        Application application,
        CancellationToken cancellationToken
    ) => throw Unused;

    IAsyncEnumerable<Application> IOpenIddictApplicationStore<Application>.FindByRedirectUriAsync(
        string uri,
        CancellationToken cancellationToken
    ) => throw Unused;

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<Application>, TState, IQueryable<TResult>> query,
        TState state,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask<string?> IOpenIddictApplicationStore<Application>.GetClientSecretAsync(
        Application application,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask<string?> IOpenIddictApplicationStore<Application>.GetConsentTypeAsync(
        Application application,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask<string?> IOpenIddictApplicationStore<Application>.GetDisplayNameAsync(
        Application application,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask<
        ImmutableDictionary<CultureInfo, string>
    > IOpenIddictApplicationStore<Application>.GetDisplayNamesAsync(
        Application application,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask<
        ImmutableDictionary<string, JsonElement>
    > IOpenIddictApplicationStore<Application>.GetPropertiesAsync(
        Application application,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask<Application> IOpenIddictApplicationStore<Application>.InstantiateAsync(
        CancellationToken cancellationToken
    ) => throw Unused;

    IAsyncEnumerable<Application> IOpenIddictApplicationStore<Application>.ListAsync(
        int? count,
        int? offset,
        CancellationToken cancellationToken
    ) => throw Unused;

    IAsyncEnumerable<TResult> IOpenIddictApplicationStore<Application>.ListAsync<TState, TResult>(
        Func<IQueryable<Application>, TState, IQueryable<TResult>> query,
        TState state,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetApplicationTypeAsync(
        Application application,
        string? type,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetClientIdAsync(
        Application application,
        string? identifier,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetClientSecretAsync(
        Application application,
        string? secret,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetClientTypeAsync(
        Application application,
        string? type,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetConsentTypeAsync(
        Application application,
        string? type,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetDisplayNameAsync(
        Application application,
        string? name,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetDisplayNamesAsync(
        Application application,
        ImmutableDictionary<CultureInfo, string> names,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetJsonWebKeySetAsync(
        Application application,
        JsonWebKeySet? set,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetPermissionsAsync(
        Application application,
        ImmutableArray<string> permissions,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetPostLogoutRedirectUrisAsync(
        Application application,
        ImmutableArray<string> uris,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetPropertiesAsync(
        Application application,
        ImmutableDictionary<string, JsonElement> properties,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetRedirectUrisAsync(
        Application application,
        ImmutableArray<string> uris,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetRequirementsAsync(
        Application application,
        ImmutableArray<string> requirements,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.SetSettingsAsync(
        Application application,
        ImmutableDictionary<string, string> settings,
        CancellationToken cancellationToken
    ) => throw Unused;

    ValueTask IOpenIddictApplicationStore<Application>.UpdateAsync(
        Application application,
        CancellationToken cancellationToken
    ) => throw Unused;
}
