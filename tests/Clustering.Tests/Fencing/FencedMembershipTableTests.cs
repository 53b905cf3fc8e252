using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>What a silo may write into the membership table, and what it may answer after it has.</summary>
public sealed class FencedMembershipTableTests
{
    private static readonly SiloAddress s_self = Silo(1);
    private static readonly SiloAddress s_other = Silo(2);

    private readonly InjectedTable _table = new();
    private readonly Fence _fence;
    private readonly ClusterView _view;
    private readonly FencedMembershipTable _fenced;

    public FencedMembershipTableTests()
    {
        TwoHands clock = new();
        IOptions<ClusterTimings> timings = Options.Create(new ClusterTimings());
        _fence = new(timings, clock);
        _view = new(timings, clock);
        _fenced = new(
            _table,
            _fence,
            _view,
            new(
                timings,
                Options.Create(new ClusterOptions()),
                clock,
                NullLogger<SharedTimings>.Instance
            ),
            new(timings, NullLogger<MembershipNews>.Instance),
            new Self(),
            NullLogger<FencedMembershipTable>.Instance
        );
        _table.Inject(s_other, SiloStatus.Active);
    }

    [Fact(
        DisplayName = "S-20 A silo whose insertion was applied and not answered may declare deaths when the others know it"
    )]
    public async Task An_insertion_that_was_not_answered_is_noticed()
    {
        _table.AfterWrite = _ => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(async () =>
            await _fenced.InsertRowAsync(Entry(s_self, SiloStatus.Joining), await Next(), default)
        );
        _table.AfterWrite = _ => { };

        // As Orleans does: it reads, and goes on with the row that it finds.
        await _fenced.ReadAllAsync(default);
        Assert.False(await DeclareTheOtherDead());
        Assert.Equal([s_other], _view.ToMeet());
        _view.Met(s_other);

        Assert.True(await DeclareTheOtherDead());
        Assert.Equal(SiloStatus.Dead, _table.Status(s_other));
    }

    [Theory(DisplayName = "S-20 A silo that writes that it leaves has stopped to answer before")]
    [InlineData(SiloStatus.Stopping)]
    [InlineData(SiloStatus.Dead)]
    public async Task A_silo_that_leaves_has_stopped_to_answer_before(SiloStatus status)
    {
        await Enter();
        Assert.True(_fence.IsConfirmed);
        bool answeredWhenWritten = true;
        _table.AfterWrite = _ => answeredWhenWritten = _fence.IsConfirmed;

        Assert.True(await WriteSelf(status));

        Assert.False(answeredWhenWritten);
        await _fenced.ReadAllAsync(default);
        Assert.False(_fence.IsConfirmed);
    }

    [Fact(DisplayName = "S-20 A silo that shuts down in order answers until it has handed over")]
    public async Task A_silo_that_shuts_down_in_order_answers()
    {
        await Enter();

        Assert.True(await WriteSelf(SiloStatus.ShuttingDown));

        await _fenced.ReadAllAsync(default);
        Assert.True(_fence.IsConfirmed);
    }

    private async Task Enter()
    {
        Assert.True(
            await _fenced.InsertRowAsync(Entry(s_self, SiloStatus.Active), await Next(), default)
        );
        await _fenced.ReadAllAsync(default);
    }

    private async Task<bool> WriteSelf(SiloStatus status) =>
        await _fenced.UpdateRowAsync(Entry(s_self, status), await ETag(), await Next(), default);

    private async Task<bool> DeclareTheOtherDead() =>
        await _fenced.UpdateRowAsync(
            Entry(s_other, SiloStatus.Dead),
            await ETag(),
            await Next(),
            default
        );

    private async Task<TableVersion> Next() => (await _table.ReadAllAsync(default)).Version.Next();

    private async Task<string> ETag() => (await _table.ReadAllAsync(default)).Version.VersionEtag;

    private static MembershipEntry Entry(SiloAddress silo, SiloStatus status) =>
        new()
        {
            SiloAddress = silo,
            Status = status,
            SiloName = "",
            HostName = "",
        };

    private static SiloAddress Silo(int port) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1);

    private sealed class Self : ILocalSiloDetails
    {
        public string Name => "";

        public string ClusterId => "";

        public string DnsHostName => "";

        public SiloAddress SiloAddress => s_self;

        public SiloAddress GatewayAddress => s_self;
    }
}
