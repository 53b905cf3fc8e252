using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.MongoServer;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>Nodes in processes of their own over a real database, as people run them.</summary>
public sealed class RunningCluster : IAsyncDisposable
{
    private readonly string _directory;

    private RunningCluster(MongoProcess mongo, string directory, ClusterNode[] nodes)
    {
        Mongo = mongo;
        _directory = directory;
        Nodes = nodes;
    }

    public MongoProcess Mongo { get; }

    public IReadOnlyList<ClusterNode> Nodes { get; }

    /// <summary>Those that load is sent to.</summary>
    public IReadOnlyList<IEntrance> Up =>
        Front is null ? [.. Nodes.Where(node => node.TakesLoad)] : [Front];

    /// <summary>What stands in front of the nodes, and takes the load in their place.</summary>
    public IEntrance? Front { get; set; }

    public IEntrance Any()
    {
        IReadOnlyList<IEntrance> up = Up;
        return up[Random.Shared.Next(up.Count)];
    }

    /// <param name="nodes">How many.</param>
    /// <param name="settings">Settings beside those that a cluster needs.</param>
    public static async Task<RunningCluster> Start(
        int nodes = 3,
        IReadOnlyDictionary<string, string>? settings = null
    )
    {
        MongoProcess mongo = await MongoProcess.Start();
        Dictionary<string, string> environment = Settings(mongo.ConnectionString);
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
            environment[key] = value;
        return await Of(
            mongo,
            directory =>
                FreePorts(nodes)
                    .Select(port => new ClusterNode(
                        port,
                        "localhost",
                        new Dictionary<string, string>(environment)
                        {
                            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                        },
                        directory
                    ))
        );
    }

    /// <summary>Starts nodes over a database, which it ends with itself.</summary>
    /// <param name="mongo">The database.</param>
    /// <param name="nodes">The nodes, by the directory that they work in.</param>
    public static async Task<RunningCluster> Of(
        MongoProcess mongo,
        Func<string, IEnumerable<ClusterNode>> nodes
    )
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        RunningCluster cluster = new(mongo, directory, [.. nodes(directory)]);
        try
        {
            await Task.WhenAll(cluster.Nodes.Select(node => node.Start()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the nodes of a cluster share.</summary>
    public static Dictionary<string, string> Settings(string mongoUrl) =>
        new()
        {
            ["MONGO_URL"] = mongoUrl,
            ["MONGO_DATABASE"] = $"test-{Guid.NewGuid():N}",
            ["COOKIE_SIGNATURE"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["JWT_SIGNATURE"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["DATA_KEYS"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["SIGN_IN_THROTTLE"] = "off",
            ["MAX_SESSIONS_PER_USER"] = "1000",
        };

    /// <summary>Ports below those that the system gives to clients, each with its two neighbours free.</summary>
    public static IReadOnlyList<int> FreePorts(int count)
    {
        List<int> found = [];
        while (found.Count < count)
        {
            int port = Random.Shared.Next(10_100, 12_700);
            if (
                !found.Contains(port)
                && IsFree(port)
                && IsFree(port + 10_000)
                && IsFree(port + 20_000)
            )
                found.Add(port);
        }
        return found;
    }

    /// <summary>The database, as an operator sees it.</summary>
    public IMongoDatabase Database =>
        field ??= new MongoClient(Mongo.ConnectionString).GetDatabase(Nodes[0].Database);

    /// <summary>A stored document.</summary>
    public Task<BsonDocument> Stored(string state, string id) =>
        Database.GetCollection<BsonDocument>(state).Find(new BsonDocument("_id", id)).FirstAsync();

    /// <summary>What the nodes wrote of answers of 503, for when there should have been none.</summary>
    public IEnumerable<string> Refusals() =>
        Nodes
            .SelectMany(node => node.Output.Split('\n'))
            .Where(line => line.Contains("answered 503", StringComparison.Ordinal))
            .Select(line => line[..Math.Min(line.Length, 500)])
            .TakeLast(20);

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterNode node in Nodes)
            await node.DisposeAsync();
        await Mongo.DisposeAsync();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
