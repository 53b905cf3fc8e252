using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.MongoServer;

namespace SessionAuth.Api.Tests.Import;

/// <summary>A database server with a database of node-auth's for each test.</summary>
public sealed class NodeAuth : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";

    // Made by bcryptjs 3 with cost 4, so that sign-ins in tests are fast.
    public const string Hash = "$2b$04$x.MRxC63gK0QPXvTiT4Pme2fg9NuZWt1DJUNswdtrxWizzSvfCb9m";

    private MongoProcess _server = null!;

    /// <summary>The URL of the server, without a database.</summary>
    public string ServerUrl => _server.ConnectionString;

    public async Task InitializeAsync() => _server = await MongoProcess.Start(own: false);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    /// <summary>The URL of a new database with these documents.</summary>
    public async Task<string> Url(params BsonDocument[] documents)
    {
        string name = $"node-auth-{Guid.NewGuid():N}";
        using MongoClient client = new(_server.ConnectionString);
        IMongoCollection<BsonDocument> users = client
            .GetDatabase(name)
            .GetCollection<BsonDocument>("user");
        foreach (BsonDocument[] some in documents.Chunk(2000))
            await users.InsertManyAsync(some);
        return new MongoUrlBuilder(_server.ConnectionString) { DatabaseName = name }.ToString();
    }

    /// <summary>A document as node-auth writes it.</summary>
    public static BsonDocument User(
        string email,
        bool verified = false,
        string hash = Hash,
        string? authenticator = null
    )
    {
        BsonDocument user = new()
        {
            ["_id"] = ObjectId.GenerateNewId(),
            ["email"] = new BsonDocument { ["address"] = email, ["verified"] = verified },
            ["password"] = hash,
        };
        if (authenticator is not null)
            user["authenticator"] = authenticator;
        return user;
    }

    /// <summary>Documents of different users.</summary>
    public static BsonDocument[] Users(int count) =>
        [.. Enumerable.Range(0, count).Select(i => User(Email(i), verified: i % 3 == 0))];

    public static string Email(int i) => $"person{i}@example.org";
}

[CollectionDefinition(Name)]
public sealed class OnNodeAuth : ICollectionFixture<NodeAuth>
{
    public const string Name = "import";
}
