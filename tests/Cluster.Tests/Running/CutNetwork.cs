using System.Diagnostics;
using System.Net;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>
/// Hosts of their own for nodes: network namespaces with two cables each. Browsers come over one; over the other the
/// nodes reach each other and the database, and that one can be pulled.
/// </summary>
public sealed class CutNetwork : IAsyncDisposable
{
    private const string FrontBridge = "sa-front";
    private const string BackBridge = "sa-back";

    private readonly int _hosts;

    private CutNetwork(int hosts) => _hosts = hosts;

    /// <summary>Where the database is for the nodes.</summary>
    public static IPAddress Database { get; } = IPAddress.Parse("10.202.0.1");

    /// <summary>Where browsers come from.</summary>
    public static IPAddress Browsers { get; } = IPAddress.Parse("10.201.0.1");

    public static string Front(int host) => $"10.201.0.{host + 10}";

    public static string Back(int host) => $"10.202.0.{host + 10}";

    /// <summary>What a program is run by to be on a host.</summary>
    public static IReadOnlyList<string> On(int host) => ["ip", "netns", "exec", Name(host)];

    public static async Task<CutNetwork> Lay(int hosts)
    {
        CutNetwork network = new(hosts);
        await network.TakeAway();
        await Bridge(FrontBridge, Browsers);
        await Bridge(BackBridge, Database);
        for (int host = 0; host < hosts; host++)
        {
            await Ip($"netns add {Name(host)}");
            await Ip($"-n {Name(host)} link set lo up");
            await Cable(host, "f", FrontBridge, Front(host));
            await Cable(host, "b", BackBridge, Back(host));
        }
        return network;
    }

    /// <summary>Cuts a host off from the others and from the database; browsers still reach it.</summary>
    public static Task Cut(int host) => Ip($"link set {Plug(host, "b")} down");

    public static Task Mend(int host) => Ip($"link set {Plug(host, "b")} up");

    /// <summary>
    /// Cuts a host off from the other hosts alone: what it sends to them is lost without a word. The database and
    /// browsers still reach it.
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

    public async Task MendToOthers(int host)
    {
        foreach (int other in Others(host))
            await Ip($"-n {Name(host)} neigh del {Back(other)} dev b0");
    }

    public async ValueTask DisposeAsync() => await TakeAway();

    private IEnumerable<int> Others(int host) =>
        Enumerable.Range(0, _hosts).Where(other => other != host);

    private async Task TakeAway()
    {
        for (int host = 0; host < _hosts; host++)
        {
            await Ip($"netns del {Name(host)}", mayFail: true);
            await Ip($"link del {Plug(host, "f")}", mayFail: true);
            await Ip($"link del {Plug(host, "b")}", mayFail: true);
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

    private static async Task Cable(int host, string cable, string bridge, string address)
    {
        await Ip($"link add {Plug(host, cable)} type veth peer name {cable}0 netns {Name(host)}");
        await Ip($"link set {Plug(host, cable)} master {bridge} up");
        await Ip($"-n {Name(host)} addr add {address}/24 dev {cable}0");
        await Ip($"-n {Name(host)} link set {cable}0 up");
    }

    private static string Name(int host) => $"sa-node{host}";

    private static string Plug(int host, string cable) => $"sa-{cable}{host}";

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
