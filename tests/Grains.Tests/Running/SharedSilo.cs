namespace SessionAuth.Grains.Tests.Running;

/// <summary>One silo for tests without options of their own. Any of them may move its clock forward.</summary>
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
