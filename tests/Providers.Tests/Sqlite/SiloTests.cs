using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using SessionAuth.Providers.Sqlite;

namespace SessionAuth.Providers.Tests.Sqlite;

[Alias("note")]
public interface INoteGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(string text);

    [Alias("Read")]
    Task<string> Read();
}

internal sealed class NoteGrain(
    [PersistentState("notes", "Default")] IPersistentState<Document> state
) : Grain, INoteGrain
{
    public Task Write(string text)
    {
        state.State = new() { Text = text };
        return state.WriteStateAsync();
    }

    public Task<string> Read() => Task.FromResult(state.State.Text);
}

public sealed class SiloTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Grains_keep_their_state_across_a_restart_of_the_silo()
    {
        await using (InProcessTestCluster first = await StartAsync())
            await first.Client.GetGrain<INoteGrain>("ada").Write("kept");

        await using InProcessTestCluster second = await StartAsync();

        Assert.Equal("kept", await second.Client.GetGrain<INoteGrain>("ada").Read());
    }

    [Fact]
    public async Task Outage_reaches_the_caller_of_a_grain_as_its_own_exception()
    {
        await using InProcessTestCluster cluster = await StartAsync();
        INoteGrain note = cluster.Client.GetGrain<INoteGrain>("ada");

        StorageUnavailableException refusal = await Assert.ThrowsAsync<StorageUnavailableException>(
            () =>
                note.Write(new string('x', 2_000_000))
        );

        Assert.Contains("the disk is full", refusal.Message, StringComparison.Ordinal);
        await note.Write("short");
    }

    [Fact]
    public async Task Silo_registers_a_probe_of_its_storage()
    {
        await using InProcessTestCluster cluster = await StartAsync();

        IStorageProbe probe = cluster.Silos[0].ServiceProvider.GetRequiredService<IStorageProbe>();

        Assert.True(await probe.CanWriteAsync(CancellationToken.None));
    }

    public void Dispose() => _directory.Dispose();

    private async Task<InProcessTestCluster> StartAsync()
    {
        InProcessTestClusterBuilder builder = new(initialSilosCount: 1);
        builder.ConfigureSilo(
            (_, silo) =>
                silo.AddSqliteGrainStorage(
                    "Default",
                    options =>
                    {
                        options.DataDirectory = _directory.Data;
                        options.MaxFileBytes = 1024 * 1024;
                    }
                )
        );
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
