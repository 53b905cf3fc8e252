using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Driver;
using OtpNet;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>
/// Three nodes where every refresh rotates, and where sessions without a second factor are restricted. Its people have
/// verified emails, as a second factor needs one.
/// </summary>
public sealed class RulesCluster : IAsyncLifetime
{
    private const int People = 30;

    // The devices' password, hashed by bcryptjs.
    private const string Hash = "$2b$04$x.MRxC63gK0QPXvTiT4Pme2fg9NuZWt1DJUNswdtrxWizzSvfCb9m";

    private readonly ConcurrentQueue<string> _emails = new();

    public RunningCluster Cluster { get; private set; } = null!;

    public IReadOnlyList<ClusterNode> Nodes => Cluster.Nodes;

    public async Task InitializeAsync()
    {
        Cluster = await RunningCluster.Start(
            settings: new Dictionary<string, string>
            {
                ["REFRESH_GRACE"] = "00:00:00",
                ["TWO_FACTOR"] = "all",
            }
        );
        await ImportPeople();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    /// <summary>A browser whose session is restricted, of a person of its own.</summary>
    public async Task<Device> RestrictedDevice()
    {
        Assert.True(_emails.TryDequeue(out string? email), "there are too few people");
        Device device = new(email);
        await SignIn(device);
        return device;
    }

    /// <summary>A browser whose session is not restricted, of a person of its own.</summary>
    public async Task<(Device Device, Totp App)> NewDevice()
    {
        Device device = await RestrictedDevice();
        Totp app = await Offer(device);
        using HttpResponseMessage confirmed = await Confirm(device, app, Cluster.Any());
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        return (device, app);
    }

    public async Task SignIn(Device device) =>
        Assert.Equal(HttpStatusCode.OK, (await device.SignIn(Cluster.Any())).Status);

    /// <summary>Asks for an authenticator app.</summary>
    public async Task<Totp> Offer(Device device)
    {
        using HttpResponseMessage offered = await device.Post(Cluster.Any(), "/factors/totp");
        Assert.Equal(HttpStatusCode.OK, offered.StatusCode);
        JsonElement offer = await offered.Content.ReadFromJsonAsync<JsonElement>();
        return new(Base32Encoding.ToBytes(offer.GetProperty("secret").GetString()));
    }

    /// <summary>Adds the authenticator app, by the code before the current one, so that this one can be used after it.</summary>
    public static async Task<HttpResponseMessage> Confirm(
        Device device,
        Totp app,
        IRequestTarget node,
        bool keepsCookies = true
    )
    {
        HttpResponseMessage confirmed = await ConfirmOnce(device, app, node, keepsCookies);
        if (confirmed.StatusCode != HttpStatusCode.Unauthorized)
            return confirmed;

        // The next code had begun when it arrived, so that it was the second before the current one.
        confirmed.Dispose();
        return await ConfirmOnce(device, app, node, keepsCookies);
    }

    private static Task<HttpResponseMessage> ConfirmOnce(
        Device device,
        Totp app,
        IRequestTarget node,
        bool keepsCookies
    ) =>
        device.Post(
            node,
            "/factors/totp/confirm",
            new
            {
                code = app.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-30)),
            },
            keepsCookies
        );

    /// <summary>
    /// Checks a session at each node until it has a copy there: the first answer of a silo to a node brings no copy, but
    /// the lease.
    /// </summary>
    public async Task Copy(Device device, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using Device access = device.WithAccessTokenOnly();
        for (int round = 0; round < 2; round++)
        {
            foreach (ClusterNode node in Nodes)
                Assert.Equal(expected, (await access.Check(node)).Status);
        }
    }

    /// <summary>Makes a change while the token is checked at all nodes, and records what is answered.</summary>
    /// <param name="before">Has a copy at each node, and is to be refused once the change is answered.</param>
    /// <param name="change">The change.</param>
    public async Task<SessionHistory> RecordAround(Device before, Func<Task> change)
    {
        SessionHistory history = new();
        int changed = 0;
        Task[] checking = [.. Nodes.Select(node => Task.Run(() => CheckUntilChanged(node)))];
        await Eventually.Holds(() => history.Count >= 10 * Nodes.Count);

        long began = TimeProvider.System.GetTimestamp();
        await change();
        history.Record(
            SessionHistory.Outcome.Revoked,
            began,
            ended: TimeProvider.System.GetTimestamp()
        );
        Volatile.Write(ref changed, 1);
        await Task.WhenAll(checking);
        return history;

        async Task CheckUntilChanged(ClusterNode node)
        {
            bool wasChanged;
            do
            {
                wasChanged = Volatile.Read(ref changed) == 1;
                Answer answer = await before.Check(node);
                history.RecordUse(answer, TimeProvider.System.GetTimestamp());
                if (wasChanged)
                    Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            } while (!wasChanged);
        }
    }

    private async Task ImportPeople()
    {
        string source = $"node-auth-{Guid.NewGuid():N}";
        BsonDocument[] people =
        [
            .. Enumerable
                .Range(0, People)
                .Select(_ => new BsonDocument
                {
                    ["email"] = new BsonDocument
                    {
                        ["address"] = $"{Guid.NewGuid():N}@example.org",
                        ["verified"] = true,
                    },
                    ["password"] = Hash,
                }),
        ];
        using MongoClient client = new(Cluster.Mongo.ConnectionString);
        await client
            .GetDatabase(source)
            .GetCollection<BsonDocument>("user")
            .InsertManyAsync(people);

        (int exitCode, string output) = await Nodes[0]
            .RunCommand(
                "import-node-auth",
                "--from",
                Cluster.Mongo.ConnectionString,
                "--database",
                source
            );
        Assert.True(exitCode == 0, output);
        foreach (BsonDocument person in people)
            _emails.Enqueue(person["email"]["address"].AsString);
    }
}

[CollectionDefinition(Name)]
public sealed class RulesClusterTests : ICollectionFixture<RulesCluster>
{
    public const string Name = "cluster for session rules";
}
