namespace SessionAuth.Providers.Membership;

/// <summary>A membership table whose operations can all be cancelled; the overloads without a token forward.</summary>
public abstract class CancellableMembershipTable : IMembershipTable
{
    /// <inheritdoc/>
    public abstract Task InitializeMembershipTableAsync(
        bool tryInitTableVersion,
        CancellationToken cancellationToken
    );

    /// <inheritdoc/>
    public abstract Task DeleteMembershipTableEntriesAsync(
        string clusterId,
        CancellationToken cancellationToken
    );

    /// <inheritdoc/>
    public abstract Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken
    );

    /// <inheritdoc/>
    public abstract Task<MembershipTableData> ReadRowAsync(
        SiloAddress key,
        CancellationToken cancellationToken
    );

    /// <inheritdoc/>
    public abstract Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    );

    /// <inheritdoc/>
    public abstract Task<bool> UpdateRowAsync(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken
    );

    /// <inheritdoc/>
    public abstract Task UpdateIAmAliveAsync(
        MembershipEntry entry,
        CancellationToken cancellationToken
    );

    Task IMembershipTable.InitializeMembershipTable(bool tryInitTableVersion) =>
        InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    Task IMembershipTable.DeleteMembershipTableEntries(string clusterId) =>
        DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    Task IMembershipTable.CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    Task<MembershipTableData> IMembershipTable.ReadRow(SiloAddress key) =>
        ReadRowAsync(key, CancellationToken.None);

    Task<MembershipTableData> IMembershipTable.ReadAll() => ReadAllAsync(CancellationToken.None);

    Task<bool> IMembershipTable.InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        InsertRowAsync(entry, tableVersion, CancellationToken.None);

    Task<bool> IMembershipTable.UpdateRow(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion
    ) => UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    Task IMembershipTable.UpdateIAmAlive(MembershipEntry entry) =>
        UpdateIAmAliveAsync(entry, CancellationToken.None);
}
