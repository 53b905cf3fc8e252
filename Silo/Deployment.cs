using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Endpoints;
using SessionAuth.Providers;
using SessionAuth.Settings;

namespace SessionAuth.Silo;

/// <summary>The kind of node that the settings ask for; all code that depends on it decides by this.</summary>
/// <param name="Storage">The storage provider of the grains.</param>
/// <param name="Cluster">The node's cluster and endpoints; not used by an embedded node.</param>
public sealed record Deployment(IStorageProvider Storage, ClusterSettings Cluster)
{
    /// <summary>Whether the node belongs to a cluster, which it does if its storage can be shared.</summary>
    public bool IsCluster => Storage.IsShared;

    /// <summary>Whether the process is a front end without a silo.</summary>
    public bool IsClient => IsCluster && Cluster.Role == ClusterRole.Client;

    /// <summary>Whether the process is a silo without a front end.</summary>
    public bool IsSilo => IsCluster && Cluster.Role == ClusterRole.Silo;

    /// <summary>Reads and validates the settings.</summary>
    /// <exception cref="SettingsException">A setting has the wrong type, or does not fit the storage.</exception>
    /// <exception cref="OptionsValidationException">A setting is not valid.</exception>
    public static Deployment Read(IConfiguration configuration)
    {
        IStorageProvider storage = StorageProviders.Select(configuration);
        return new(
            storage,
            storage.IsShared
                ? configuration.Read(new ClusterSettingsValidator())
                : Embedded(configuration)
        );
    }

    // The rules for cluster settings do not apply to an embedded node, which ignores them.
    private static ClusterSettings Embedded(IConfiguration configuration)
    {
        ClusterSettings settings = configuration.Read<ClusterSettings>();
        return settings.Role == ClusterRole.Node
            ? settings
            : throw new SettingsException(
                $"ORLEANS_ROLE={settings.Role.ToString().ToLowerInvariant()} requires {StorageProviders.ClusterSettings}."
            );
    }
}
