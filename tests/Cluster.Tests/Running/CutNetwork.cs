using System.Diagnostics;
using System.Net;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>
/// Separate hosts for nodes: network namespaces with two links each. One is for browsers; over the other the nodes
/// reach each other and the database, and it can be cut.
/// </summary>
public sealed class CutNetwork : IAsyncDisposable
{
    private const string FrontBridge = "sa-front";
    private const string BackBridge = "sa-back";

    private readonly int _hosts;

    private CutNetwork(int hosts) => _hosts = hosts;

    /// <summary>The IP address of the database for the nodes.</summary>
    public static IPAddress Database { get; } = IPAddress.Parse("10.202.0.1");

    /// <summary>The IP address of the browsers.</summary>
    public static IPAddress Browsers { get; } = IPAddress.Parse("10.201.0.1");

    public static string Front(int host) => $"10.201.0.{host + 10}";

    public static string Back(int host) => $"10.202.0.{host + 10}";

    /// <summary>The command prefix that runs a program on a host.</summary>
    public static IReadOnlyList<string> On(int host) => ["ip", "netns", "exec", Name(host)];

    public static async Task<CutNetwork> Create(int hosts)
    {
        CutNetwork network = new(hosts);
        await network.Remove();
        await Bridge(FrontBridge, Browsers);
        await Bridge(BackBridge, Database);
        for (int host = 0; host < hosts; host++)
        {
            await Ip($"netns add {Name(host)}");
            await Ip($"-n {Name(host)} link set lo up");
            await AddLink(host, "f", FrontBridge, Front(host));
            await AddLink(host, "b", BackBridge, Back(host));
        }
        return network;
    }

    /// <summary>Cuts a host off from the other hosts and from the database; browsers still reach it.</summary>
    public static Task Cut(int host) => Ip($"link set {LinkName(host, "b")} down");

    public static Task Repair(int host) => Ip($"link set {LinkName(host, "b")} up");

    /// <summary>
    /// Cuts a host off from the other hosts only, silently: packets to them are lost. The database and browsers still
    /// reach it.
    /// </summary>
    public async Task CutFromOthers(int host)
    {
        foreach (int other in Others(host))
        {
            await Ip(
                $"-n {Name(host)} neigh replace {Back(other)} lladdr 02:00:00:00:00:01 dev b0 nud permanent"
            );
        }
    }

    public async Task RepairToOthers(int host)
    {
        foreach (int other in Others(host))
            await Ip($"-n {Name(host)} neigh del {Back(other)} dev b0");
    }

    public async ValueTask DisposeAsync() => await Remove();

    private IEnumerable<int> Others(int host) =>
        Enumerable.Range(0, _hosts).Where(other => other != host);

    private async Task Remove()
    {
        for (int host = 0; host < _hosts; host++)
        {
            await Ip($"netns del {Name(host)}", mayFail: true);
            await Ip($"link del {LinkName(host, "f")}", mayFail: true);
            await Ip($"link del {LinkName(host, "b")}", mayFail: true);
        }
        await Ip($"link del {FrontBridge}", mayFail: true);
        await Ip($"link del {BackBridge}", mayFail: true);
    }

    private static async Task Bridge(string name, IPAddress address)
    {
        await Ip($"link add {name} type bridge");
        await Ip($"addr add {address}/24 dev {name}");
        await Ip($"link set {name} up");
    }

    private static async Task AddLink(int host, string link, string bridge, string address)
    {
        await Ip($"link add {LinkName(host, link)} type veth peer name {link}0 netns {Name(host)}");
        await Ip($"link set {LinkName(host, link)} master {bridge} up");
        await Ip($"-n {Name(host)} addr add {address}/24 dev {link}0");
        await Ip($"-n {Name(host)} link set {link}0 up");
    }

    private static string Name(int host) => $"sa-node{host}";

    private static string LinkName(int host, string link) => $"sa-{link}{host}";

    private static async Task Ip(string arguments, bool mayFail = false)
    {
        using Process ip = Process.Start(
            new ProcessStartInfo("ip", arguments) { RedirectStandardError = true }
        )!;
        string errors = await ip.StandardError.ReadToEndAsync();
        await ip.WaitForExitAsync();
        Assert.True(mayFail || ip.ExitCode == 0, $"ip {arguments}: {errors}");
    }
}
