namespace SessionAuth.Api.Tests.Running;

/// <summary>A node for the tests of one class, which may move its clock.</summary>
public sealed class OwnNode : IAsyncLifetime
{
    public RunningNode Node { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000" }
        );

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
