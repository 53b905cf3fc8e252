using SessionAuth.Providers.Membership;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>The settings that all silos of a cluster share.</summary>
public abstract class SharedSettingsConformance : IAsyncLifetime
{
    private static readonly Dictionary<string, string> s_three = new() { ["FENCE"] = "00:00:03" };
    private static readonly Dictionary<string, string> s_five = new() { ["FENCE"] = "00:00:05" };

    private readonly string _cluster = Guid.NewGuid().ToString("N");

    protected abstract Task<IMembershipTable> OpenAsync(string clusterId);

    protected abstract Task CloseAsync();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => CloseAsync();

    [Fact]
    public async Task First_silo_stores_the_settings_that_others_find()
    {
        (_, ISharedSettings first) = await Open();
        (_, ISharedSettings second) = await Open();

        SharedSettings stored = await first.ReadOrStore(s_three, default);
        SharedSettings found = await second.ReadOrStore(s_five, default);

        Assert.Equal(s_three, stored.Values);
        Assert.Equal(s_three, found.Values);
        Assert.False(found.IsInUse);
    }

    [Theory]
    [InlineData(SiloStatus.Joining, true)]
    [InlineData(SiloStatus.Active, true)]
    [InlineData(SiloStatus.ShuttingDown, true)]
    [InlineData(SiloStatus.Dead, false)]
    public async Task Settings_are_in_use_while_a_silo_is_not_dead(SiloStatus status, bool isInUse)
    {
        (IMembershipTable table, ISharedSettings shared) = await Open();
        await shared.ReadOrStore(s_three, default);

        await table.AddAsync(Silos.Silo(1, status));

        Assert.Equal(isInUse, (await shared.ReadOrStore(s_three, default)).IsInUse);
    }

    [Fact]
    public async Task Settings_are_replaced_only_if_no_silo_has_joined_since_they_were_read()
    {
        (IMembershipTable table, ISharedSettings shared) = await Open();
        await shared.ReadOrStore(s_three, default);
        (_, ISharedSettings other) = await Open();
        SharedSettings read = await other.ReadOrStore(s_five, default);

        await table.AddAsync(Silos.Silo(1));
        Assert.False(await other.Replace(s_five, read, default));

        read = await other.ReadOrStore(s_five, default);
        Assert.Equal(s_three, read.Values);
        Assert.True(await other.Replace(s_five, read, default));
        Assert.Equal(s_five, (await shared.ReadOrStore(s_three, default)).Values);
    }

    [Fact]
    public async Task Silo_whose_settings_were_replaced_meanwhile_does_not_join()
    {
        (IMembershipTable table, ISharedSettings shared) = await Open();
        await shared.ReadOrStore(s_three, default);
        (_, ISharedSettings other) = await Open();
        SharedSettings read = await other.ReadOrStore(s_five, default);
        Assert.True(await other.Replace(s_five, read, default));

        Assert.False(await table.InsertRowAsync(Silos.Silo(1), await table.NextAsync()));
        Assert.Empty((await table.ReadAllAsync()).Members);
    }

    private async Task<(IMembershipTable Table, ISharedSettings Shared)> Open()
    {
        IMembershipTable table = await OpenAsync(_cluster);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, default);
        return (table, Assert.IsType<ISharedSettings>(table, exactMatch: false));
    }
}
