using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>What holds when two silos write to a membership table at once: nothing is lost, nothing is half seen.</summary>
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
    public async Task Of_fifty_that_insert_with_one_version_one_wins()
    {
        TableVersion next = await Table.NextAsync();

        bool[] won = await RaceAsync(50, (table, racer) => table.InsertRowAsync(Silo(racer), next));

        Assert.Single(won, true);
        Assert.Equal([Silo(Array.IndexOf(won, true)).Described()], await Table.RowsAsync());
        Assert.Equal(next.Version, (await Table.VersionAsync()).Version);
    }

    [Fact]
    public async Task Of_fifty_that_update_one_row_with_one_etag_one_wins()
    {
        await Table.AddAsync(Silo(1));
        (_, string etag) = await Table.RowAsync(Address(1));
        TableVersion next = await Table.NextAsync();

        bool[] won = await RaceAsync(
            50,
            (table, racer) => table.UpdateRowAsync(Numbered(1, racer), etag, next)
        );

        Assert.Single(won, true);
        Assert.Equal([Numbered(1, Array.IndexOf(won, true)).Described()], await Table.RowsAsync());
        Assert.Equal(next.Version, (await Table.VersionAsync()).Version);
    }

    [Fact]
    public async Task Of_many_that_write_to_different_rows_with_one_version_one_wins()
    {
        MembershipEntry[] silos = [.. Enumerable.Range(0, 20).Select(number => Silo(number))];
        await Table.AddAsync(silos);
        MembershipTableData all = await Table.ReadAllAsync();
        TableVersion next = all.Version.Next();

        bool[] won = await RaceAsync(
            40,
            (table, racer) =>
                all.TryGet(Address(racer)) is { Item2: string etag }
                    ? table.UpdateRowAsync(Silo(racer, SiloStatus.Dead), etag, next)
                    : table.InsertRowAsync(Silo(racer, SiloStatus.Dead), next)
        );

        Assert.Single(won, true);
        int winner = Array.IndexOf(won, true);
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
    public async Task Racing_writers_that_try_again_lose_no_write()
    {
        const int Writers = 10;
        const int Updates = 4;
        TableVersion start = await Table.VersionAsync();

        await RaceAsync(
            Writers,
            async (table, writer) =>
            {
                await InsertAtLastAsync(table, Numbered(writer, 0));
                for (int update = 1; update <= Updates; update++)
                    await UpdateAtLastAsync(table, writer, _ => update);
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
    public async Task Silos_that_initialize_while_others_insert_take_nothing_from_them()
    {
        TableVersion start = await Table.VersionAsync();

        await RaceAsync(
            20,
            async (_, writer) =>
            {
                await InsertAtLastAsync(await StartAsync(Cluster), Silo(writer));
                return true;
            }
        );

        Assert.Equal(
            MembershipTables.Described(Enumerable.Range(0, 20).Select(writer => Silo(writer))),
            await Table.RowsAsync()
        );
        Assert.Equal(start.Version + 20, (await Table.VersionAsync()).Version);
    }

    [Fact]
    public async Task A_reader_never_sees_a_row_without_its_version_nor_a_version_without_its_row()
    {
        TableVersion start = await Table.VersionAsync();
        Task inserts = RaceAsync(
            30,
            async (table, writer) =>
            {
                await InsertAtLastAsync(table, Silo(writer));
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
    public async Task A_row_is_read_as_it_was_at_the_version_that_is_read_with_it()
    {
        await Table.AddAsync(Silo(1));
        await Table.ReplaceAsync(Numbered(1, (await Table.NextAsync()).Version));
        Task updates = RaceAsync(
            2,
            async (table, _) =>
            {
                for (int update = 0; update < 25; update++)
                    await UpdateAtLastAsync(table, 1, version => version.Version);
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
    public async Task A_sign_of_life_in_the_midst_of_updates_neither_stops_one_nor_takes_it_back()
    {
        await Table.AddAsync(Silo(1));
        await Table.ReplaceAsync(Numbered(1, (await Table.NextAsync()).Version));
        Task updates = RaceAsync(
            1,
            async (table, _) =>
            {
                for (int update = 0; update < 50; update++)
                    Assert.True(await UpdateAsync(table, 1, version => version.Version));
                return true;
            }
        );

        await WatchAsync(
            updates,
            async table =>
            {
                await table.UpdateIAmAliveAsync(
                    new() { SiloAddress = Address(1), IAmAliveTime = Now }
                );
                MembershipTableData read = await table.ReadRowAsync(Address(1));
                Assert.Equal(read.Version.Version, Assert.Single(read.Members).Item1.UpdateZone);
            }
        );
    }

    private static MembershipEntry Numbered(int silo, int number)
    {
        MembershipEntry numbered = Silo(silo);
        numbered.UpdateZone = number;
        return numbered;
    }

    /// <summary>Lets racers run at once, by turns over the tables of two silos.</summary>
    private Task<bool[]> RaceAsync(int racers, Func<IMembershipTable, int, Task<bool>> run) =>
        Task.WhenAll(
                Enumerable
                    .Range(0, racers)
                    .Select(racer => Task.Run(() => run(_tables[racer % _tables.Length], racer)))
            )
            .WaitAsync(Deadline);

    /// <summary>Looks at the table again and again for as long as the writers write, and once after.</summary>
    private async Task WatchAsync(Task writers, Func<IMembershipTable, Task> look)
    {
        do foreach (IMembershipTable table in _tables)
            await Task.Run(() => look(table));
        while (!writers.IsCompleted);
        await writers;
        await look(Table);
    }

    private static async Task InsertAtLastAsync(IMembershipTable table, MembershipEntry silo)
    {
        while (!await table.InsertRowAsync(silo, await table.NextAsync())) { }
    }

    private static async Task UpdateAtLastAsync(
        IMembershipTable table,
        int silo,
        Func<TableVersion, int> number
    )
    {
        while (!await UpdateAsync(table, silo, number)) { }
    }

    /// <summary>Updates a row with a number, given the version that the update makes.</summary>
    private static async Task<bool> UpdateAsync(
        IMembershipTable table,
        int silo,
        Func<TableVersion, int> number
    )
    {
        MembershipTableData read = await table.ReadRowAsync(Address(silo));
        TableVersion next = read.Version.Next();
        string etag = Assert.Single(read.Members).Item2;
        return await table.UpdateRowAsync(Numbered(silo, number(next)), etag, next);
    }
}
