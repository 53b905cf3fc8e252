using System.Net;
using Orleans.Messaging;
using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>Which gateways a client finds in a membership table. A provider subclasses it and opens both.</summary>
public abstract class GatewayListConformance : IAsyncLifetime
{
    private readonly string _cluster = $"cluster-{Guid.NewGuid():N}";

    private IMembershipTable _table = null!;
    private IGatewayListProvider _gateways = null!;

    /// <summary>Opens a table of this cluster, not yet initialized. All tables of a test share one store.</summary>
    protected abstract Task<IMembershipTable> OpenTableAsync(string clusterId);

    /// <summary>Opens a list of this cluster's gateways over the same store, not yet initialized.</summary>
    protected abstract Task<IGatewayListProvider> OpenGatewaysAsync(string clusterId);

    protected abstract Task CloseAsync();

    public async Task InitializeAsync()
    {
        _table = await StartTableAsync(_cluster);
        _gateways = await StartGatewaysAsync(_cluster);
    }

    public Task DisposeAsync() => CloseAsync();

    [Fact]
    public async Task Only_active_silos_are_listed()
    {
        foreach (SiloStatus status in Enum.GetValues<SiloStatus>())
            await _table.AddAsync(Silo((int)status, status));

        Assert.Equal([Gateway((int)SiloStatus.Active)], await _gateways.GetGatewaysAsync());
    }

    [Fact]
    public async Task All_active_silos_are_listed()
    {
        await _table.AddAsync(Silo(1), Silo(2), Silo(3));

        Assert.Equal([Gateway(1), Gateway(2), Gateway(3)], await ListAsync(_gateways));
    }

    [Theory]
    [InlineData("10.0.0.1", 30000, 7, "gwy.tcp://10.0.0.1:30000/7")]
    [InlineData("10.0.0.1", 65535, int.MaxValue, "gwy.tcp://10.0.0.1:65535/2147483647")]
    [InlineData("2001:db8::1", 30001, 8, "gwy.tcp://[2001:db8::1]:30001/8")]
    public async Task Gateway_has_the_IP_address_and_generation_of_the_silo_and_the_proxy_port(
        string ip,
        int proxyPort,
        int generation,
        string gateway
    )
    {
        MembershipEntry silo = Silo(SiloAddress.New(IPAddress.Parse(ip), 11111, generation));
        silo.ProxyPort = proxyPort;

        await _table.AddAsync(silo);

        Assert.Equal([new Uri(gateway)], await _gateways.GetGatewaysAsync());
    }

    [Fact]
    public async Task Silo_without_a_proxy_port_is_not_listed()
    {
        MembershipEntry silo = Silo(1);
        silo.ProxyPort = 0;

        await _table.AddAsync(silo, Silo(2));

        Assert.Equal([Gateway(2)], await _gateways.GetGatewaysAsync());
    }

    [Fact]
    public async Task Active_incarnation_of_a_silo_is_listed()
    {
        await _table.AddAsync(Silo(1, SiloStatus.Dead), Silo(Address(1, generation: 2)));

        Assert.Equal([new Uri("gwy.tcp://10.0.1.1:30000/2")], await _gateways.GetGatewaysAsync());
    }

    [Fact]
    public async Task Silo_of_another_cluster_is_not_listed()
    {
        string neighbour = $"{_cluster}-2";
        IMembershipTable table = await StartTableAsync(neighbour);
        IGatewayListProvider gateways = await StartGatewaysAsync(neighbour);

        await _table.AddAsync(Silo(1));
        await table.AddAsync(Silo(2));

        Assert.Equal([Gateway(1)], await _gateways.GetGatewaysAsync());
        Assert.Equal([Gateway(2)], await gateways.GetGatewaysAsync());
    }

    [Fact]
    public async Task Empty_cluster_has_an_empty_list() =>
        Assert.Empty(await _gateways.GetGatewaysAsync());

    [Fact]
    public async Task Unknown_cluster_has_an_empty_list_until_it_starts()
    {
        string absent = $"{_cluster}-2";
        IGatewayListProvider gateways = await StartGatewaysAsync(absent);
        Assert.Empty(await gateways.GetGatewaysAsync());

        await (await StartTableAsync(absent)).AddAsync(Silo(1));

        Assert.Equal([Gateway(1)], await gateways.GetGatewaysAsync());
    }

    [Fact]
    public async Task Change_in_the_table_is_seen_by_the_next_call()
    {
        await _table.AddAsync(Silo(1, SiloStatus.Joining));
        Assert.Empty(await _gateways.GetGatewaysAsync());

        await _table.ReplaceAsync(Silo(1, SiloStatus.Active));
        Assert.Equal([Gateway(1)], await _gateways.GetGatewaysAsync());

        await _table.AddAsync(Silo(2));
        Assert.Equal([Gateway(1), Gateway(2)], await ListAsync(_gateways));

        await _table.ReplaceAsync(Silo(1, SiloStatus.ShuttingDown));
        Assert.Equal([Gateway(2)], await _gateways.GetGatewaysAsync());

        await _table.DeleteMembershipTableEntriesAsync(_cluster);
        Assert.Empty(await _gateways.GetGatewaysAsync());
    }

    [Fact]
    public void List_is_refreshed_within_a_minute() =>
        Assert.InRange(
            _gateways.MaxStaleness,
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromMinutes(1)
        );

    private static Uri Gateway(int number) => new($"gwy.tcp://10.0.1.{number}:30000/1");

    private static async Task<IEnumerable<Uri>> ListAsync(IGatewayListProvider gateways) =>
        (await gateways.GetGatewaysAsync()).OrderBy(
            gateway => gateway.Host,
            StringComparer.Ordinal
        );

    private async Task<IMembershipTable> StartTableAsync(string clusterId)
    {
        IMembershipTable table = await OpenTableAsync(clusterId);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        return table;
    }

    private async Task<IGatewayListProvider> StartGatewaysAsync(string clusterId)
    {
        IGatewayListProvider gateways = await OpenGatewaysAsync(clusterId);
        await gateways.InitializeGatewayListProviderAsync();
        return gateways;
    }
}
