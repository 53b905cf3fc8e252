namespace SessionAuth.Api.Tests.Running;

/// <summary>One node for all tests that need neither their own clock nor their own settings. Its network throttle is raised because all their failed sign-ins come from one IP address.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    public RunningNode Node { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000" }
        );

    public async Task DisposeAsync() => await Node.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SharedNodeTests : ICollectionFixture<SharedNode>
{
    public const string Name = "shared node";
}
