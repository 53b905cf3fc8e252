using System.Globalization;
using System.Net;
using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Cluster.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Cluster.Tests;

/// <summary>Importing the users of node-auth into a running cluster.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class ImportTests(SharedCluster shared) : IDisposable
{
    private const int People = 500;

    // The devices' password, hashed by bcryptjs.
    private const string Hash = "$2b$04$x.MRxC63gK0QPXvTiT4Pme2fg9NuZWt1DJUNswdtrxWizzSvfCb9m";

    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("node")]
    [InlineData("client")]
    public async Task Import_joins_beside_a_running_node_and_leaves_in_order(string role)
    {
        string mongoUrl = shared.Cluster.Mongo.ConnectionString;
        string prefix = $"{Guid.NewGuid():N}-";
        string source = $"node-auth-{Guid.NewGuid():N}";
        await Seed(mongoUrl, source, prefix);
        int port = FreePort.ForNode();
        Dictionary<string, string> settings = RunningCluster.Settings(mongoUrl);
        settings["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        await using ClusterNode node = new(port, "localhost", settings, _directory);
        await node.Start();
        using Device before = new($"{prefix}before@example.org");
        Assert.Equal(HttpStatusCode.Created, (await before.Register(node)).Status);

        Task<(int ExitCode, string Output)> import = Import(settings, role, mongoUrl, source);
        List<HttpStatusCode?> checks = [];
        while (!import.IsCompleted)
        {
            checks.Add((await before.Check(node)).Status);
            await Task.Delay(20);
        }

        (int exitCode, string output) = await import;
        Assert.True(exitCode == 0, output);
        Assert.Contains("500 imported, 0 skipped, 0 refused.", output, StringComparison.Ordinal);
        Assert.NotEmpty(checks);
        Assert.All(checks, status => Assert.Equal(HttpStatusCode.OK, status));
        foreach (int person in (int[])[0, 1, 123, 499])
        {
            using Device device = new(Email(prefix, person));
            Assert.Equal(HttpStatusCode.OK, (await device.SignIn(node)).Status);
        }

        (_, string again) = await Import(settings, role, mongoUrl, source);
        Assert.Contains("0 imported, 500 skipped, 0 refused.", again, StringComparison.Ordinal);
        await node.Stop();
    }

    private Task<(int ExitCode, string Output)> Import(
        Dictionary<string, string> settings,
        string role,
        string mongoUrl,
        string source
    ) =>
        NodeProgram.RunToItsEnd(
            _directory,
            new Dictionary<string, string>(settings) { ["ORLEANS_ROLE"] = role },
            "import-node-auth",
            "--from",
            mongoUrl,
            "--database",
            source
        );

    private static async Task Seed(string mongoUrl, string database, string prefix)
    {
        using MongoClient client = new(mongoUrl);
        await client
            .GetDatabase(database)
            .GetCollection<BsonDocument>("user")
            .InsertManyAsync(
                Enumerable
                    .Range(0, People)
                    .Select(person => new BsonDocument
                    {
                        {
                            "email",
                            new BsonDocument
                            {
                                { "address", Email(prefix, person) },
                                { "verified", true },
                            }
                        },
                        { "password", Hash },
                    })
            );
    }

    private static string Email(string prefix, int person) =>
        FormattableString.Invariant($"{prefix}{person}@example.org");
}
