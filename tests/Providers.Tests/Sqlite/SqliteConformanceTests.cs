using Orleans.Storage;

namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class SqliteConformanceTests : GrainStorageConformance, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteStore _store = null!;

    protected override async Task<IGrainStorage> OpenAsync() =>
        (_store = await SqliteStore.OpenAsync(_directory.Data)).Storage;

    protected override async Task CloseAsync() => await _store.DisposeAsync();

    public void Dispose() => _directory.Dispose();
}
