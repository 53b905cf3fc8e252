namespace SessionAuth.Providers.Membership;

/// <summary>
/// Settings that a cluster's silos rely on of one another, kept with its membership table. A table that has this enters
/// no silo whose settings are not the cluster's.
/// </summary>
public interface ISharedSettings
{
    /// <summary>Reads the settings of the cluster. Where it has none yet, these become it.</summary>
    /// <param name="own">Those of this silo, which enters the table only while the cluster has the same.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<SharedSettings> ReadOrStore(
        IReadOnlyDictionary<string, string> own,
        CancellationToken cancellationToken
    );

    /// <summary>Makes these the settings of the cluster, unless the table has changed since they were read.</summary>
    /// <param name="own">The new ones.</param>
    /// <param name="read">What was read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether they are now.</returns>
    Task<bool> Replace(
        IReadOnlyDictionary<string, string> own,
        SharedSettings read,
        CancellationToken cancellationToken
    );
}

/// <summary>The settings of a cluster as they were read.</summary>
/// <param name="Values">The settings by their names.</param>
/// <param name="IsInUse">Whether the table has a silo that is not dead.</param>
/// <param name="TableVersion">The table's version then.</param>
public sealed record SharedSettings(
    IReadOnlyDictionary<string, string> Values,
    bool IsInUse,
    string TableVersion
);
