using Orleans.Messaging;
using SessionAuth.Providers.Tests.Membership;

namespace SessionAuth.Providers.Tests.MongoDB;

[Collection(MongoSuite.Name)]
public sealed class MongoMembershipWriteTests(RunningMongo mongo) : MembershipWriteConformance
{
    private readonly MongoTables _tables = new(mongo);

    protected override Task<IMembershipTable> OpenAsync(string clusterId) =>
        Task.FromResult(_tables.Table(clusterId));

    protected override Task CloseAsync() => _tables.Close();
}

[Collection(MongoSuite.Name)]
public sealed class MongoMembershipRowTests(RunningMongo mongo) : MembershipRowConformance
{
    private readonly MongoTables _tables = new(mongo);

    protected override Task<IMembershipTable> OpenAsync(string clusterId) =>
        Task.FromResult(_tables.Table(clusterId));

    protected override Task CloseAsync() => _tables.Close();
}

[Collection(MongoSuite.Name)]
public sealed class MongoMembershipAliveTests(RunningMongo mongo) : MembershipAliveConformance
{
    private readonly MongoTables _tables = new(mongo);

    protected override Task<IMembershipTable> OpenAsync(string clusterId) =>
        Task.FromResult(_tables.Table(clusterId));

    protected override Task CloseAsync() => _tables.Close();
}

[Collection(MongoSuite.Name)]
public sealed class MongoMembershipClusterTests(RunningMongo mongo) : MembershipClusterConformance
{
    private readonly MongoTables _tables = new(mongo);

    protected override Task<IMembershipTable> OpenAsync(string clusterId) =>
        Task.FromResult(_tables.Table(clusterId));

    protected override Task CloseAsync() => _tables.Close();
}

[Collection(MongoSuite.Name)]
public sealed class MongoMembershipCleanupTests(RunningMongo mongo) : MembershipCleanupConformance
{
    private readonly MongoTables _tables = new(mongo);

    protected override Task<IMembershipTable> OpenAsync(string clusterId) =>
        Task.FromResult(_tables.Table(clusterId));

    protected override Task CloseAsync() => _tables.Close();
}

[Collection(MongoSuite.Name)]
public sealed class MongoMembershipRaceTests(RunningMongo mongo) : MembershipRaceConformance
{
    private readonly MongoTables _tables = new(mongo);

    protected override Task<IMembershipTable> OpenAsync(string clusterId) =>
        Task.FromResult(_tables.Table(clusterId));

    protected override Task CloseAsync() => _tables.Close();
}

[Collection(MongoSuite.Name)]
public sealed class MongoGatewayListTests(RunningMongo mongo) : GatewayListConformance
{
    private readonly MongoTables _tables = new(mongo);

    protected override Task<IMembershipTable> OpenTableAsync(string clusterId) =>
        Task.FromResult(_tables.Table(clusterId));

    protected override Task<IGatewayListProvider> OpenGatewaysAsync(string clusterId) =>
        Task.FromResult(_tables.Gateways(clusterId));

    protected override Task CloseAsync() => _tables.Close();
}

[Collection(MongoSuite.Name)]
public sealed class MongoSharedSettingsTests(RunningMongo mongo) : SharedSettingsConformance
{
    private readonly MongoTables _tables = new(mongo);

    protected override Task<IMembershipTable> OpenAsync(string clusterId) =>
        Task.FromResult(_tables.Table(clusterId));

    protected override Task CloseAsync() => _tables.Close();
}
