using SessionAuth.MongoServer;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>One server for all tests that need one; each test has its own database.</summary>
public sealed class RunningMongo : IAsyncLifetime
{
    public MongoProcess Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await MongoProcess.Start(own: false);

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A new unique database name.</summary>
    public static string NewDatabase() => $"test-{Guid.NewGuid():N}";
}

[CollectionDefinition(Name)]
public sealed class MongoSuite : ICollectionFixture<RunningMongo>
{
    public const string Name = "MongoDB";
}
