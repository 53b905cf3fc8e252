using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>When a membership table accepts and refuses a row, and how etags decide that.</summary>
/// <remarks>
/// Orleans lets a provider choose whether the etag of a row counts beside that of the table. Here it counts.
/// </remarks>
public abstract class MembershipWriteConformance : MembershipConformance
{
    [Fact]
    public async Task Insert_adds_the_row_and_raises_the_version()
    {
        TableVersion next = await Table.NextAsync();

        Assert.True(await Table.InsertRowAsync(Silo(1), next));

        Assert.Equal([Silo(1).Described()], await Table.RowsAsync());
        TableVersion version = await Table.VersionAsync();
        Assert.Equal(next.Version, version.Version);
        Assert.NotEqual(next.VersionEtag, version.VersionEtag);
    }

    [Fact]
    public async Task Insert_with_a_stale_table_version_is_refused()
    {
        TableVersion stale = await Table.NextAsync();
        await Table.AddAsync(Silo(1));

        await AssertRefusedAsync(() => Table.InsertRowAsync(Silo(2), stale));
    }

    [Fact]
    public async Task Insert_with_an_unknown_version_etag_is_refused()
    {
        TableVersion version = await Table.VersionAsync();

        await AssertRefusedAsync(() =>
            Table.InsertRowAsync(Silo(1), new(version.Version + 1, "unknown"))
        );
    }

    [Fact]
    public async Task Insert_of_a_silo_with_a_row_is_refused()
    {
        await Table.AddAsync(Silo(1));
        TableVersion next = await Table.NextAsync();

        await AssertRefusedAsync(() => Table.InsertRowAsync(Silo(1, SiloStatus.Dead), next));
    }

    [Fact]
    public async Task Insert_of_a_silo_with_a_row_is_refused_from_another_silo()
    {
        IMembershipTable other = await StartAsync(Cluster);
        await Table.AddAsync(Silo(1));
        TableVersion next = await other.NextAsync();

        await AssertRefusedAsync(() => other.InsertRowAsync(Silo(1, SiloStatus.Dead), next));
    }

    [Fact]
    public async Task Refused_insert_does_not_use_up_its_version()
    {
        await Table.AddAsync(Silo(1));
        TableVersion next = await Table.NextAsync();
        Assert.False(await Table.InsertRowAsync(Silo(1), next));

        Assert.True(await Table.InsertRowAsync(Silo(2), next));
    }

    [Fact]
    public async Task Update_replaces_the_whole_row_and_raises_the_version()
    {
        await Table.AddAsync(Silo(1), Silo(2));
        (_, string etag) = await Table.RowAsync(Address(1));
        TableVersion next = await Table.NextAsync();
        MembershipEntry bare = new()
        {
            SiloAddress = Address(1),
            Status = SiloStatus.Dead,
            HostName = "other.example.org",
            SiloName = "other",
            StartTime = Now,
            IAmAliveTime = Now,
        };

        Assert.True(await Table.UpdateRowAsync(bare, etag, next));

        Assert.Equal(MembershipTables.Described([bare, Silo(2)]), await Table.RowsAsync());
        TableVersion version = await Table.VersionAsync();
        Assert.Equal(next.Version, version.Version);
        Assert.NotEqual(next.VersionEtag, version.VersionEtag);
    }

    [Fact]
    public async Task Update_by_one_silo_is_seen_by_another()
    {
        IMembershipTable other = await StartAsync(Cluster);
        await Table.AddAsync(Silo(1, SiloStatus.Joining));

        await other.ReplaceAsync(Silo(1));

        Assert.Equal([Silo(1).Described()], await Table.RowsAsync());
        Assert.Equal(await other.SnapshotAsync(), await Table.SnapshotAsync());
    }

    [Fact]
    public async Task Update_of_a_silo_without_a_row_is_refused()
    {
        await Table.AddAsync(Silo(1));
        (_, string etag) = await Table.RowAsync(Address(1));
        TableVersion next = await Table.NextAsync();

        await AssertRefusedAsync(() => Table.UpdateRowAsync(Silo(2), etag, next));
    }

    [Fact]
    public async Task Update_with_a_stale_row_etag_is_refused()
    {
        await Table.AddAsync(Silo(1, SiloStatus.Joining));
        (_, string stale) = await Table.RowAsync(Address(1));
        await Table.ReplaceAsync(Silo(1));
        TableVersion next = await Table.NextAsync();

        await AssertRefusedAsync(() => Table.UpdateRowAsync(Silo(1, SiloStatus.Dead), stale, next));
    }

    [Fact]
    public async Task Update_with_an_unknown_row_etag_is_refused()
    {
        await Table.AddAsync(Silo(1));
        TableVersion next = await Table.NextAsync();

        await AssertRefusedAsync(() =>
            Table.UpdateRowAsync(Silo(1, SiloStatus.Dead), "unknown", next)
        );
    }

    [Fact]
    public async Task Update_with_a_stale_table_version_is_refused()
    {
        await Table.AddAsync(Silo(1));
        TableVersion stale = await Table.NextAsync();
        await Table.AddAsync(Silo(2));
        (_, string etag) = await Table.RowAsync(Address(1));

        await AssertRefusedAsync(() => Table.UpdateRowAsync(Silo(1, SiloStatus.Dead), etag, stale));
    }

    [Fact]
    public async Task Refused_update_uses_up_neither_its_version_nor_the_etag_of_the_row()
    {
        await Table.AddAsync(Silo(1));
        (_, string etag) = await Table.RowAsync(Address(1));
        TableVersion next = await Table.NextAsync();
        Assert.False(await Table.UpdateRowAsync(Silo(1), "unknown", next));
        Assert.False(await Table.UpdateRowAsync(Silo(1), etag, new(next.Version, "unknown")));

        Assert.True(await Table.UpdateRowAsync(Silo(1, SiloStatus.Dead), etag, next));
    }

    [Fact]
    public async Task Etags_are_never_reused_even_when_the_row_stays_the_same()
    {
        await Table.AddAsync(Silo(1));
        HashSet<string> rows = [];
        HashSet<string> versions = [];

        for (int update = 0; update < 20; update++)
        {
            await Table.ReplaceAsync(Silo(1));

            Assert.True(rows.Add((await Table.RowAsync(Address(1))).ETag));
            Assert.True(versions.Add((await Table.VersionAsync()).VersionEtag));
        }
    }

    [Fact]
    public async Task Cancelled_write_is_not_stored()
    {
        await Table.AddAsync(Silo(1), Silo(2, SiloStatus.Dead));
        (_, string etag) = await Table.RowAsync(Address(1));
        TableVersion next = await Table.NextAsync();
        string[] before = await Table.SnapshotAsync();
        MembershipEntry dead = Silo(1, SiloStatus.Dead);
        CancellationToken cancelled = new(canceled: true);

        Func<Task>[] writes =
        [
            () => Table.InsertRowAsync(Silo(3), next, cancelled),
            () => Table.UpdateRowAsync(dead, etag, next, cancelled),
            () => Table.UpdateIAmAliveAsync(Silent(1, default, Now.AddDays(1)), cancelled),
            () => Table.CleanupDefunctSiloEntriesAsync(Now.AddDays(1), cancelled),
            () => Table.DeleteMembershipTableEntriesAsync(Cluster, cancelled),
        ];
        foreach (Func<Task> write in writes)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(write);

        Assert.Equal(before, await Table.SnapshotAsync());
    }

    private async Task AssertRefusedAsync(Func<Task<bool>> write)
    {
        string[] before = await Table.SnapshotAsync();

        Assert.False(await write());

        Assert.Equal(before, await Table.SnapshotAsync());
    }
}
