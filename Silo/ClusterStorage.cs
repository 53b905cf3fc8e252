using SessionAuth.Grains.Storage;

namespace SessionAuth.Silo;

/// <summary>Where the grains of a cluster are kept.</summary>
internal static class ClusterStorage
{
    // For clocks that differ, and for people who ask what happened.
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromDays(1);

    public static ISiloBuilder AddClusterStorage(this ISiloBuilder silo, string database) =>
        silo.AddMongoDBGrainStorage(
            GrainStorageNames.Provider,
            options =>
            {
                options.DatabaseName = database;
                options.CollectionPrefix = "";
                options.KeyGenerator = GrainStorageNames.Key;
                options.Indexes.Add(new(GrainStorageNames.Sessions, "UserId"));
                options.Indexes.Add(new(GrainStorageNames.Sessions, "ExpiresAt", ExpiryMargin));
                options.Indexes.Add(new(GrainStorageNames.Users, "ExpiresAt", ExpiryMargin));
                options.Indexes.Add(new(GrainStorageNames.Emails, "ExpiresAt", ExpiryMargin));
                options.Indexes.Add(new(GrainStorageNames.Throttles, "ExpiresAt", ExpiryMargin));
                options.Indexes.Add(new(GrainStorageNames.Users, "DueAt"));
            }
        );
}
