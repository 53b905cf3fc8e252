namespace SessionAuth.Providers.Tests.Membership;

/// <summary>Shared parts of the membership suites. A provider subclasses each suite and opens its tables.</summary>
public abstract class MembershipConformance : IAsyncLifetime
{
    /// <summary>
    /// Opens a table of this cluster, not yet initialized. All tables of a test share one store, like those of several
    /// silos; the store does not know a cluster's id before a test first opens it.
    /// </summary>
    protected abstract Task<IMembershipTable> OpenAsync(string clusterId);

    protected abstract Task CloseAsync();

    public virtual async Task InitializeAsync() => Table = await StartAsync(Cluster);

    public Task DisposeAsync() => CloseAsync();

    protected string Cluster { get; } = $"cluster-{Guid.NewGuid():N}";

    /// <summary>The table of one silo of the cluster.</summary>
    protected IMembershipTable Table { get; private set; } = null!;

    /// <summary>Opens the tables of many silos, one after the other.</summary>
    protected async Task<IMembershipTable[]> OpenAsync(string clusterId, int silos)
    {
        List<IMembershipTable> tables = [];
        for (int silo = 0; silo < silos; silo++)
            tables.Add(await OpenAsync(clusterId));
        return [.. tables];
    }

    protected async Task<IMembershipTable> StartAsync(string clusterId)
    {
        IMembershipTable table = await OpenAsync(clusterId);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        return table;
    }
}
