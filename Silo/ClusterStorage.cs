using SessionAuth.Grains.Storage;

namespace SessionAuth.Silo;

/// <summary>Where the grains of a cluster are kept.</summary>
internal static class ClusterStorage
{
    public static ISiloBuilder AddClusterStorage(this ISiloBuilder silo, string database) =>
        silo.AddMongoDBGrainStorage(
            GrainStorageNames.Provider,
            options =>
            {
                options.DatabaseName = database;
                options.CollectionPrefix = "";
                options.KeyGenerator = GrainStorageNames.Key;
                options.Model = GrainStates.Model;
            }
        );
}
