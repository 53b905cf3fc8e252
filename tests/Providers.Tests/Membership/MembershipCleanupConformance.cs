using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>Which rows are removed when old silos that are not active are cleaned up.</summary>
/// <remarks>
/// The age of a silo counts from the latest of its start, its last heartbeat and the last vote against it. Otherwise a
/// silo that hung for long before it was declared dead could be removed before every silo has seen its death.
/// </remarks>
public abstract class MembershipCleanupConformance : MembershipConformance
{
    /// <summary>Has an offset: comparing it as a local time would be hours wrong.</summary>
    private static readonly DateTimeOffset Limit = new DateTimeOffset(Now).ToOffset(
        TimeSpan.FromHours(5)
    );

    private static readonly DateTime Old = Now.AddHours(-1);
    private static readonly DateTime Young = Now.AddHours(1);

    [Theory]
    [InlineData(SiloStatus.Created)]
    [InlineData(SiloStatus.Joining)]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.Stopping)]
    [InlineData(SiloStatus.Dead)]
    public async Task Inactive_silo_older_than_the_date_is_removed(SiloStatus status)
    {
        await Table.AddAsync(Silent(1, status, Old));

        await Table.CleanupDefunctSiloEntriesAsync(Limit);

        Assert.Empty((await Table.ReadAllAsync()).Members);
        Assert.Empty((await Table.ReadRowAsync(Address(1))).Members);
    }

    [Fact]
    public async Task Active_silo_is_kept_at_any_age() =>
        await AssertStaysAsync(Silent(1, SiloStatus.Active, Old.AddYears(-10)));

    [Theory]
    [InlineData(SiloStatus.Created)]
    [InlineData(SiloStatus.Joining)]
    [InlineData(SiloStatus.Active)]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.Stopping)]
    [InlineData(SiloStatus.Dead)]
    public async Task Silo_younger_than_the_date_is_kept(SiloStatus status) =>
        await AssertStaysAsync(Silent(1, status, Young));

    [Fact]
    public async Task Dead_silo_exactly_as_old_as_the_date_is_kept() =>
        await AssertStaysAsync(Silent(1, SiloStatus.Dead, Limit.UtcDateTime));

    [Fact]
    public async Task Dead_silo_that_started_after_the_date_is_kept()
    {
        MembershipEntry silo = Silent(1, SiloStatus.Dead, Old);
        silo.StartTime = Young;

        await AssertStaysAsync(silo);
    }

    [Fact]
    public async Task Dead_silo_that_was_suspected_after_the_date_is_kept()
    {
        MembershipEntry silo = Silent(1, SiloStatus.Dead, Old);
        silo.SuspectTimes = [Tuple.Create(Address(2), Young), Tuple.Create(Address(3), Old)];

        await AssertStaysAsync(silo);
    }

    [Fact]
    public async Task Dead_silo_that_was_suspected_only_before_the_date_is_removed()
    {
        MembershipEntry silo = Silent(1, SiloStatus.Dead, Old);
        silo.SuspectTimes = [Tuple.Create(Address(2), Old), Tuple.Create(Address(3), Old)];
        await Table.AddAsync(silo);

        await Table.CleanupDefunctSiloEntriesAsync(Limit);

        Assert.Empty((await Table.ReadAllAsync()).Members);
    }

    [Fact]
    public async Task Kept_rows_can_be_used_as_before()
    {
        await Table.AddAsync(
            Silent(1, SiloStatus.Dead, Old),
            Silent(2, SiloStatus.Dead, Young),
            Silent(3, SiloStatus.Active, Old),
            Silent(4, SiloStatus.Dead, Old)
        );
        int version = (await Table.VersionAsync()).Version;

        await Table.CleanupDefunctSiloEntriesAsync(Limit);

        Assert.InRange((await Table.VersionAsync()).Version, version, int.MaxValue);
        await Table.AddAsync(Silo(5));
        await Table.ReplaceAsync(Silo(3, SiloStatus.ShuttingDown));
        MembershipEntry[] expected =
        [
            Silent(2, SiloStatus.Dead, Young),
            Silo(3, SiloStatus.ShuttingDown),
            Silo(5),
        ];
        Assert.Equal(MembershipTables.Described(expected), await Table.RowsAsync());
    }

    [Fact]
    public async Task Cleanup_without_old_rows_changes_nothing()
    {
        await Table.CleanupDefunctSiloEntriesAsync(Limit);

        await Table.AddAsync(Silo(1));
    }

    private async Task AssertStaysAsync(MembershipEntry silo)
    {
        await Table.AddAsync(silo, Silent(9, SiloStatus.Dead, Old));

        await Table.CleanupDefunctSiloEntriesAsync(Limit);

        Assert.Equal([silo.Described()], await Table.RowsAsync());
    }
}
