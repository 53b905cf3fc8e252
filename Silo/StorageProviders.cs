using Microsoft.Extensions.Configuration;
using SessionAuth.Grains.Storage;
using SessionAuth.Providers;
using SessionAuth.Providers.MongoDB;
using SessionAuth.Providers.Sqlite;

namespace SessionAuth.Silo;

/// <summary>The storage providers that a node can use.</summary>
internal static class StorageProviders
{
    // One line each. The first that the settings select is used.
    private static readonly IStorageProvider[] s_all =
    [
        new MongoDBProvider(),
        new SqliteProvider(),
    ];

    /// <summary>The states that the grains store.</summary>
    public static StoredStates States { get; } =
        new(GrainStorageNames.Provider, GrainStorageNames.Key, GrainStates.Model);

    /// <summary>The names of the settings that select a shared provider, for messages.</summary>
    public static string ClusterSettings =>
        string.Join(
            " or ",
            s_all.Where(provider => provider.IsShared).Select(provider => provider.SelectedBy)
        );

    /// <summary>The provider that the settings select.</summary>
    public static IStorageProvider Select(IConfiguration configuration) =>
        s_all.First(provider =>
            provider.SelectedBy is not { } setting
            || !string.IsNullOrWhiteSpace(configuration[setting])
        );
}
