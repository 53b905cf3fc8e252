namespace SessionAuth.Grains.Tests.Running;

/// <summary>One silo for the tests that need no options of their own. Its clock only moves forward, under everybody's feet.</summary>
public sealed class SharedSilo : IAsyncLifetime
{
    public RunningSilo Silo { get; private set; } = null!;

    public async Task InitializeAsync() => Silo = await RunningSilo.Start();

    public async Task DisposeAsync() => await Silo.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SharedSiloTests : ICollectionFixture<SharedSilo>
{
    public const string Name = "shared silo";
}
