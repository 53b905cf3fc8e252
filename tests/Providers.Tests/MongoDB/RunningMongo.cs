using SessionAuth.MongoServer;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>One server for all tests that need one; each test has a database of its own.</summary>
public sealed class RunningMongo : IAsyncLifetime
{
    public MongoProcess Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await MongoProcess.Start(own: false);

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>The name of a database that nobody else has.</summary>
    public static string NewDatabase() => $"test-{Guid.NewGuid():N}";
}

[CollectionDefinition(Name)]
public sealed class OnMongo : ICollectionFixture<RunningMongo>
{
    public const string Name = "MongoDB";
}
