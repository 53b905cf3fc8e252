using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>
/// Initialization and deletion of a cluster's membership table, and its separation from other clusters.
/// </summary>
public abstract class MembershipClusterConformance : MembershipConformance
{
    [Fact]
    public async Task Repeated_initialization_changes_nothing()
    {
        await Table.AddAsync(Silo(1), Silo(2));
        string[] before = await Table.SnapshotAsync();

        await Table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        IMembershipTable other = await StartAsync(Cluster);

        Assert.Equal(before, await Table.SnapshotAsync());
        Assert.Equal(before, await other.SnapshotAsync());
    }

    [Fact]
    public async Task Repeated_initialization_of_an_empty_table_keeps_its_version()
    {
        TableVersion version = await Table.VersionAsync();

        IMembershipTable other = await StartAsync(Cluster);

        Assert.Equal(version, await other.VersionAsync());
        Assert.True(await Table.InsertRowAsync(Silo(1), version.Next()));
    }

    [Fact]
    public async Task Parallel_initialization_by_many_silos_gives_one_table()
    {
        for (int round = 0; round < 10; round++)
        {
            IMembershipTable[] tables = await OpenAsync($"{Cluster}-{round}", 10);

            TableVersion[] versions = await Task.WhenAll(
                tables.Select(table => Task.Run(() => StartedAsync(table)))
            );

            Assert.Single(versions.Distinct());
            Assert.True(await tables[0].InsertRowAsync(Silo(1), versions[0].Next()));
            foreach (IMembershipTable table in tables)
                Assert.Equal([Silo(1).Described()], await table.RowsAsync());
        }

        static async Task<TableVersion> StartedAsync(IMembershipTable table)
        {
            await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
            return await table.VersionAsync();
        }
    }

    [Theory]
    [InlineData("{0}-2")]
    [InlineData("{0}/")]
    [InlineData("CLUSTER{1}")]
    [InlineData(".luster{1}")]
    [InlineData("{0}\"'$")]
    public async Task Clusters_with_similar_ids_are_separate(string format)
    {
        string neighbour = string.Format(null, format, Cluster, Cluster["cluster".Length..]);
        IMembershipTable other = await StartAsync(neighbour);
        await other.AddAsync(Silo(1), Silent(2, SiloStatus.Dead, Now.AddDays(-9)));
        string[] before = await other.SnapshotAsync();

        await Table.AddAsync(Silo(1), Silent(2, SiloStatus.Dead, Now.AddDays(-9)));
        await Table.ReplaceAsync(Silo(1, SiloStatus.Dead));
        await Table.UpdateIAmAliveAsync(
            new() { SiloAddress = Address(1), IAmAliveTime = Now.AddDays(1) }
        );
        await Table.CleanupDefunctSiloEntriesAsync(Now);
        await Table.DeleteMembershipTableEntriesAsync(Cluster);

        Assert.Equal(before, await other.SnapshotAsync());
        Assert.Empty((await (await StartAsync(Cluster)).ReadAllAsync()).Members);
    }

    [Fact]
    public async Task Row_of_another_cluster_cannot_be_read_or_updated()
    {
        IMembershipTable other = await StartAsync($"{Cluster}-2");
        await other.AddAsync(Silo(1));
        (_, string etag) = await other.RowAsync(Address(1));

        Assert.Empty((await Table.ReadRowAsync(Address(1))).Members);
        Assert.False(await Table.UpdateRowAsync(Silo(1), etag, await Table.NextAsync()));
        Assert.False(await Table.UpdateRowAsync(Silo(1), etag, await other.NextAsync()));
        Assert.False(await Table.InsertRowAsync(Silo(2), await other.NextAsync()));
    }

    [Fact]
    public async Task Deletion_of_a_cluster_deletes_only_the_named_one()
    {
        string named = $"{Cluster}-2";
        await (await StartAsync(named)).AddAsync(Silo(1), Silo(2, SiloStatus.Dead));
        await Table.AddAsync(Silo(1));
        string[] before = await Table.SnapshotAsync();

        await Table.DeleteMembershipTableEntriesAsync(named);

        Assert.Equal(before, await Table.SnapshotAsync());
        Assert.Empty((await (await StartAsync(named)).ReadAllAsync()).Members);
    }

    [Fact]
    public async Task Deletion_of_an_unknown_cluster_changes_nothing()
    {
        await Table.AddAsync(Silo(1));
        string[] before = await Table.SnapshotAsync();

        await Table.DeleteMembershipTableEntriesAsync($"{Cluster}-2");

        Assert.Equal(before, await Table.SnapshotAsync());
    }

    [Fact]
    public async Task Deleted_cluster_can_be_initialized_again()
    {
        await Table.AddAsync(Silo(1), Silo(2));
        await Table.DeleteMembershipTableEntriesAsync(Cluster);

        IMembershipTable again = await StartAsync(Cluster);
        await again.AddAsync(Silo(1));

        Assert.Equal([Silo(1).Described()], await again.RowsAsync());
    }
}
