using Orleans.Storage;

namespace SessionAuth.Providers.Tests.MongoDB;

[Collection(MongoSuite.Name)]
public sealed class MongoConformanceTests(RunningMongo mongo) : GrainStorageConformance
{
    private MongoStore _store = null!;

    protected override async Task<IGrainStorage> OpenAsync() =>
        (
            _store = await MongoStore.Open(
                mongo.Server.ConnectionString,
                // A thousand writers on a busy machine may need longer than the default.
                configure: options => options.OperationTimeout = TimeSpan.FromMinutes(2)
            )
        ).Storage;

    protected override async Task CloseAsync() => await _store.DisposeAsync();
}
