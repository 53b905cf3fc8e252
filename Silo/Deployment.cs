using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SessionAuth.Providers;

namespace SessionAuth.Silo;

/// <summary>What kind of node the settings ask for. Whatever depends on it asks here.</summary>
/// <param name="Storage">Where the grains are kept.</param>
/// <param name="Cluster">How the node finds the others, and how they find it.</param>
public sealed record Deployment(IStorageProvider Storage, ClusterSettings Cluster)
{
    /// <summary>Whether the node belongs to a cluster: it does when other processes can share its storage.</summary>
    public bool IsCluster => Storage.IsShared;

    /// <summary>Whether the process is a front end without a silo.</summary>
    public bool IsClient => IsCluster && Cluster.Role == "client";

    /// <summary>Whether the process is a silo without a front end.</summary>
    public bool IsSilo => IsCluster && Cluster.Role == "silo";

    /// <summary>Reads the settings and checks them.</summary>
    /// <exception cref="OptionsValidationException">A setting is not valid.</exception>
    /// <exception cref="InvalidOperationException">A setting is not of its type.</exception>
    public static Deployment Read(IConfiguration configuration)
    {
        IStorageProvider storage = StorageProviders.Select(configuration);
        ClusterSettings cluster = new();
        configuration.Bind(cluster);
        ValidateOptionsResult validation = new ClusterSettingsValidator(storage.IsShared).Validate(
            null,
            cluster
        );
        if (validation.Failed)
        {
            throw new OptionsValidationException(
                nameof(ClusterSettings),
                typeof(ClusterSettings),
                validation.Failures
            );
        }
        storage.Validate(configuration);
        return new(storage, cluster);
    }
}
