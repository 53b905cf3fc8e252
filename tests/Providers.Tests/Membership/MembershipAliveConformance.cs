using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>A heartbeat changes only its time in a membership table.</summary>
public abstract class MembershipAliveConformance : MembershipConformance
{
    [Fact]
    public async Task Heartbeat_changes_its_time_and_no_other_column()
    {
        await Table.AddAsync(Silo(1));
        MembershipEntry alive = Silo(1, SiloStatus.Dead);
        alive.SuspectTimes = [];
        alive.ProxyPort = alive.UpdateZone = alive.FaultZone = 0;
        alive.HostName = alive.SiloName = alive.RoleName = "other";
        alive.StartTime = Now.AddDays(1);
        alive.IAmAliveTime = Now.AddMinutes(5);

        await Table.UpdateIAmAliveAsync(alive);

        MembershipEntry expected = Silo(1);
        expected.IAmAliveTime = Now.AddMinutes(5);
        Assert.Equal([expected.Described()], await Table.RowsAsync());
    }

    [Fact]
    public async Task Heartbeat_needs_only_a_silo_address_and_a_time()
    {
        await Table.AddAsync(Silo(1));

        await Table.UpdateIAmAliveAsync(Alive(1));

        MembershipEntry expected = Silo(1);
        expected.IAmAliveTime = Alive(1).IAmAliveTime;
        Assert.Equal([expected.Described()], await Table.RowsAsync());
    }

    [Fact]
    public async Task Heartbeat_changes_neither_the_version_nor_other_rows()
    {
        await Table.AddAsync(Silo(1), Silo(2), Silo(SiloAddress.New(Address(1).Endpoint, 2)));
        string[] before = await WithoutFirstAsync();

        await Table.UpdateIAmAliveAsync(Alive(1));

        Assert.Equal(before, await WithoutFirstAsync());

        async Task<string[]> WithoutFirstAsync() =>
            [
                .. (await Table.SnapshotAsync()).Where(line =>
                    !line.StartsWith(Address(1).ToParsableString(), StringComparison.Ordinal)
                ),
            ];
    }

    [Fact]
    public async Task Etag_from_before_a_heartbeat_is_valid_for_an_update()
    {
        await Table.AddAsync(Silo(1));
        MembershipTableData read = await Table.ReadRowAsync(Address(1));
        MembershipEntry dead = Silo(1, SiloStatus.Dead);
        dead.IAmAliveTime = Alive(1).IAmAliveTime;

        await Table.UpdateIAmAliveAsync(Alive(1));

        Assert.True(
            await Table.UpdateRowAsync(dead, Assert.Single(read.Members).Item2, read.Version.Next())
        );
        Assert.Equal([dead.Described()], await Table.RowsAsync());
    }

    [Fact]
    public async Task Etag_from_after_a_heartbeat_is_valid_for_an_update()
    {
        await Table.AddAsync(Silo(1));
        await Table.UpdateIAmAliveAsync(Alive(1));

        await Table.ReplaceAsync(Silo(1, SiloStatus.Dead));

        Assert.Equal(SiloStatus.Dead, (await Table.RowAsync(Address(1))).Silo.Status);
    }

    [Fact]
    public async Task Heartbeat_of_a_silo_without_a_row_adds_none()
    {
        await Table.AddAsync(Silo(1));
        string[] before = await Table.SnapshotAsync();

        await Table.UpdateIAmAliveAsync(Alive(2));

        Assert.Equal(before, await Table.SnapshotAsync());
    }

    [Fact]
    public async Task Heartbeat_of_an_earlier_incarnation_does_not_count_for_the_current_one()
    {
        await Table.AddAsync(Silo(Address(1, generation: 2)));
        string[] before = await Table.SnapshotAsync();

        await Table.UpdateIAmAliveAsync(Alive(1));

        Assert.Equal(before, await Table.SnapshotAsync());
    }

    /// <summary>As Orleans passes it: a silo address, a time and nothing else.</summary>
    private static MembershipEntry Alive(int number) =>
        new() { SiloAddress = Address(number), IAmAliveTime = Now.AddMinutes(5) };
}
