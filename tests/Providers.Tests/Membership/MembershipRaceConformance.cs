using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>Parallel writes to a membership table: none is lost and none is seen half done.</summary>
public abstract class MembershipRaceConformance : MembershipConformance
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private IMembershipTable[] _tables = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _tables = [Table, await StartAsync(Cluster)];
    }

    [Fact]
    public async Task One_of_fifty_parallel_inserts_with_one_version_wins()
    {
        TableVersion next = await Table.NextAsync();

        bool[] succeeded = await RaceAsync(
            50,
            (table, writer) => table.InsertRowAsync(Silo(writer), next)
        );

        Assert.Single(succeeded, true);
        Assert.Equal([Silo(Array.IndexOf(succeeded, true)).Described()], await Table.RowsAsync());
        Assert.Equal(next.Version, (await Table.VersionAsync()).Version);
    }

    [Fact]
    public async Task One_of_fifty_parallel_updates_of_one_row_with_one_etag_wins()
    {
        await Table.AddAsync(Silo(1));
        (_, string etag) = await Table.RowAsync(Address(1));
        TableVersion next = await Table.NextAsync();

        bool[] succeeded = await RaceAsync(
            50,
            (table, writer) => table.UpdateRowAsync(Numbered(1, writer), etag, next)
        );

        Assert.Single(succeeded, true);
        Assert.Equal(
            [Numbered(1, Array.IndexOf(succeeded, true)).Described()],
            await Table.RowsAsync()
        );
        Assert.Equal(next.Version, (await Table.VersionAsync()).Version);
    }

    [Fact]
    public async Task One_of_many_parallel_writes_to_different_rows_with_one_version_wins()
    {
        MembershipEntry[] silos = [.. Enumerable.Range(0, 20).Select(number => Silo(number))];
        await Table.AddAsync(silos);
        MembershipTableData all = await Table.ReadAllAsync();
        TableVersion next = all.Version.Next();

        bool[] succeeded = await RaceAsync(
            40,
            (table, writer) =>
                all.TryGet(Address(writer)) is { Item2: string etag }
                    ? table.UpdateRowAsync(Silo(writer, SiloStatus.Dead), etag, next)
                    : table.InsertRowAsync(Silo(writer, SiloStatus.Dead), next)
        );

        Assert.Single(succeeded, true);
        int winner = Array.IndexOf(succeeded, true);
        Assert.Equal(
            MembershipTables.Described([
                .. silos.Where(silo => !silo.SiloAddress.Equals(Address(winner))),
                Silo(winner, SiloStatus.Dead),
            ]),
            await Table.RowsAsync()
        );
        Assert.Equal(next.Version, (await Table.VersionAsync()).Version);
    }

    [Fact]
    public async Task Retried_parallel_writes_lose_no_write()
    {
        const int Writers = 10;
        const int Updates = 4;
        TableVersion start = await Table.VersionAsync();

        await RaceAsync(
            Writers,
            async (table, writer) =>
            {
                await table.InsertAtLastAsync(Numbered(writer, 0));
                for (int update = 1; update <= Updates; update++)
                    await table.NumberAtLastAsync(writer, _ => update);
                return true;
            }
        );

        Assert.Equal(
            MembershipTables.Described(
                Enumerable.Range(0, Writers).Select(writer => Numbered(writer, Updates))
            ),
            await Table.RowsAsync()
        );
        Assert.Equal(
            start.Version + (Writers * (1 + Updates)),
            (await Table.VersionAsync()).Version
        );
    }

    [Fact]
    public async Task Silos_that_start_during_inserts_take_no_row_from_others()
    {
        const int Starting = 10;
        const int Incarnations = 5;
        IMembershipTable[] tables = await OpenAsync($"{Cluster}-new", Starting);

        await RaceAsync(
            Starting,
            async (_, silo) =>
            {
                for (int generation = 1; generation <= Incarnations; generation++)
                {
                    await tables[silo].InitializeMembershipTableAsync(tryInitTableVersion: true);
                    await tables[silo].InsertAtLastAsync(Silo(Address(silo, generation)));
                }
                return true;
            }
        );

        Assert.Equal(Starting * Incarnations, (await tables[0].RowsAsync()).Length);
    }

    [Fact]
    public async Task Reader_never_sees_a_row_without_its_version_or_a_version_without_its_row()
    {
        TableVersion start = await Table.VersionAsync();
        Task inserts = RaceAsync(
            30,
            async (table, writer) =>
            {
                await table.InsertAtLastAsync(Silo(writer));
                return true;
            }
        );

        await WatchAsync(
            inserts,
            async table =>
            {
                MembershipTableData all = await table.ReadAllAsync();
                Assert.Equal(all.Members.Count, all.Version.Version - start.Version);
            }
        );
    }

    [Fact]
    public async Task Row_is_read_as_of_the_version_that_is_read_with_it()
    {
        await Table.AddAsync(Silo(1));
        await Table.ReplaceAsync(Numbered(1, (await Table.NextAsync()).Version));
        Task updates = RaceAsync(
            2,
            async (table, _) =>
            {
                for (int update = 0; update < 50; update++)
                    await table.NumberAtLastAsync(1, version => version.Version);
                return true;
            }
        );

        await WatchAsync(
            updates,
            async table =>
            {
                foreach (
                    MembershipTableData read in (MembershipTableData[])
                        [await table.ReadRowAsync(Address(1)), await table.ReadAllAsync()]
                )
                    Assert.Equal(
                        read.Version.Version,
                        Assert.Single(read.Members).Item1.UpdateZone
                    );
            }
        );
    }

    [Fact]
    public async Task Heartbeat_during_updates_neither_stops_nor_reverts_one()
    {
        await Table.AddAsync(Silo(1));
        await Table.ReplaceAsync(Numbered(1, (await Table.NextAsync()).Version));

        await RaceAsync(
            8,
            async (table, writer) =>
            {
                for (int turn = 0; turn < 50; turn++)
                    if (writer == 0)
                        Assert.True(await table.NumberAsync(1, version => version.Version));
                    else
                        await BeatAsync(table);
                return true;
            }
        );

        static async Task BeatAsync(IMembershipTable table)
        {
            await table.UpdateIAmAliveAsync(
                new() { SiloAddress = Address(1), IAmAliveTime = Now.AddMinutes(5) }
            );
            MembershipTableData read = await table.ReadRowAsync(Address(1));
            Assert.Equal(read.Version.Version, Assert.Single(read.Members).Item1.UpdateZone);
        }
    }

    /// <summary>Runs writers in parallel, alternating between the tables of two silos.</summary>
    private Task<bool[]> RaceAsync(int writers, Func<IMembershipTable, int, Task<bool>> run) =>
        Task.WhenAll(
                Enumerable
                    .Range(0, writers)
                    .Select(writer => Task.Run(() => run(_tables[writer % _tables.Length], writer)))
            )
            .WaitAsync(Deadline);

    /// <summary>Repeats the reads while the writers write, and once after.</summary>
    private async Task WatchAsync(Task writers, Func<IMembershipTable, Task> look)
    {
        await RaceAsync(
            4,
            async (table, _) =>
            {
                while (!writers.IsCompleted)
                    await look(table);
                return true;
            }
        );
        await writers;
        await look(Table);
    }
}
