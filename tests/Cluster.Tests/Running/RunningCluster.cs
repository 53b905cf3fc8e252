using System.Globalization;
using System.Security.Cryptography;
using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.MongoServer;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>A cluster with a real database, each node in its own process.</summary>
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

    /// <summary>The nodes that get load.</summary>
    public IReadOnlyList<IRequestTarget> Up =>
        Front is null ? [.. Nodes.Where(node => node.TakesLoad)] : [Front];

    /// <summary>The proxy that gets the load instead of the nodes.</summary>
    public IRequestTarget? Front { get; set; }

    public IRequestTarget Any()
    {
        IReadOnlyList<IRequestTarget> up = Up;
        return up[Random.Shared.Next(up.Count)];
    }

    /// <param name="nodes">The number of nodes.</param>
    /// <param name="settings">Settings in addition to those of every cluster.</param>
    /// <param name="roles">The <c>ORLEANS_ROLE</c> of each node, if they differ.</param>
    public static async Task<RunningCluster> Start(
        int nodes = 3,
        IReadOnlyDictionary<string, string>? settings = null,
        IReadOnlyList<string>? roles = null
    )
    {
        MongoProcess mongo = await MongoProcess.Start();
        Dictionary<string, string> environment = Settings(mongo.ConnectionString);
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
            environment[key] = value;
        return await Of(
            mongo,
            directory =>
                Enumerable
                    .Range(0, nodes)
                    .Select(node =>
                    {
                        int port = FreePort.ForNode();
                        return new ClusterNode(
                            port,
                            "localhost",
                            new Dictionary<string, string>(environment)
                            {
                                ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                                ["ORLEANS_ROLE"] = roles?[node] ?? "node",
                            },
                            directory
                        );
                    })
        );
    }

    /// <summary>Starts nodes with a database and takes ownership of it.</summary>
    /// <param name="mongo">The database.</param>
    /// <param name="nodes">Creates the nodes, given their working directory.</param>
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

    /// <summary>
    /// The common settings of the nodes of a cluster. <c>TEST_CHECK_LEASES</c> runs the tests with or without leases.
    /// </summary>
    public static Dictionary<string, string> Settings(string mongoUrl) =>
        new()
        {
            ["CHECK_LEASES"] = Environment.GetEnvironmentVariable("TEST_CHECK_LEASES") ?? "on",
            ["MONGO_URL"] = mongoUrl,
            ["MONGO_DATABASE"] = $"test-{Guid.NewGuid():N}",
            ["COOKIE_SIGNATURE"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["JWT_SIGNATURE"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["DATA_KEYS"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["SIGN_IN_THROTTLE"] = "off",
            ["MAX_SESSIONS_PER_USER"] = "1000",
        };

    /// <summary>The database, as an operator sees it.</summary>
    public IMongoDatabase Database =>
        field ??= new MongoClient(Mongo.ConnectionString).GetDatabase(Nodes[0].Database);

    /// <summary>A stored document.</summary>
    public Task<BsonDocument> Stored(string state, string id) =>
        Database.GetCollection<BsonDocument>(state).Find(new BsonDocument("_id", id)).FirstAsync();

    /// <summary>The log lines of the nodes about 503 answers, for a failure message.</summary>
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
}
