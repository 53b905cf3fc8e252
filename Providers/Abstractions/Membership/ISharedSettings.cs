namespace SessionAuth.Providers.Membership;

/// <summary>
/// Settings that all silos of a cluster must agree on, stored with its membership table. A table that implements this
/// inserts no silo whose settings differ from the cluster's.
/// </summary>
public interface ISharedSettings
{
    /// <summary>Reads the settings of the cluster, after storing these if it has none yet.</summary>
    /// <param name="own">This silo's settings: its row is inserted only while the cluster has the same.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<SharedSettings> ReadOrStore(
        IReadOnlyDictionary<string, string> own,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces the settings of the cluster, unless the table has changed since they were read.</summary>
    /// <param name="own">The new settings.</param>
    /// <param name="read">The settings as they were read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False when the table has changed.</returns>
    Task<bool> Replace(
        IReadOnlyDictionary<string, string> own,
        SharedSettings read,
        CancellationToken cancellationToken
    );
}

/// <summary>The settings of a cluster as they were read.</summary>
/// <param name="Values">The settings by name.</param>
/// <param name="IsInUse">Whether the table has a silo that is not dead.</param>
/// <param name="TableVersion">The etag of the table's version at the read.</param>
public sealed record SharedSettings(
    IReadOnlyDictionary<string, string> Values,
    bool IsInUse,
    string TableVersion
);
