using Microsoft.Extensions.Configuration;
using SessionAuth.Grains.Storage;
using SessionAuth.Providers;
using SessionAuth.Providers.MongoDB;
using SessionAuth.Providers.Sqlite;

namespace SessionAuth.Silo;

/// <summary>The storage providers that a node can use.</summary>
internal static class StorageProviders
{
    // One line each. The first one that the settings select is used.
    private static readonly IStorageProvider[] s_all =
    [
        new MongoDBProvider(),
        new SqliteProvider(),
    ];

    /// <summary>What the grains store.</summary>
    public static StoredStates States { get; } =
        new(GrainStorageNames.Provider, GrainStorageNames.Key, GrainStates.Model);

    /// <summary>The settings that make a node a member of a cluster, as a text.</summary>
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
