using System.Text.Json;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class SqliteStateValueTests : StateValueConformance, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteStore _store = null!;

    protected override IReadOnlyList<StateValue> Refuses => [];

    protected override int DeepestNesting => int.MaxValue;

    protected override async Task<IGrainStorage> OpenAsync(int deepest) =>
        (
            _store = await SqliteStore.OpenAsync(
                _directory.Data,
                options =>
                    options.Json = new JsonSerializerOptions(options.Json) { MaxDepth = deepest }
            )
        ).Storage;

    protected override async Task CloseAsync() => await _store.DisposeAsync();

    [Fact]
    public Task Time_keeps_its_offset_and_its_ticks() =>
        StateValues
            .Value(
                "a moment",
                new DateTimeOffset(637_000_000_000_000_001, TimeSpan.FromMinutes(-210))
            )
            .AssertComesBack(Storage);

    public void Dispose() => _directory.Dispose();
}
