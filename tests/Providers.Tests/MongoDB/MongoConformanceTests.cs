using Orleans.Storage;

namespace SessionAuth.Providers.Tests.MongoDB;

[Collection(OnMongo.Name)]
public sealed class MongoConformanceTests(RunningMongo mongo) : GrainStorageConformance
{
    private MongoStore _store = null!;

    protected override async Task<IGrainStorage> OpenAsync() =>
        (_store = await MongoStore.Open(mongo.Server.ConnectionString)).Storage;

    protected override async Task CloseAsync() => await _store.DisposeAsync();
}
