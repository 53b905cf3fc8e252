using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>What a silo may write into the membership table, and when it may answer.</summary>
public sealed class FencedMembershipTableTests
{
    private static readonly SiloAddress s_self = Silo(1);
    private static readonly SiloAddress s_other = Silo(2);

    private readonly InjectedTable _table = new();
    private readonly OpenLeases _leases = new();
    private readonly Fence _fence;
    private readonly ClusterView _view;
    private readonly FencedMembershipTable _fenced;

    public FencedMembershipTableTests()
    {
        SplitClock clock = new();
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
            new(timings, NullLogger<MembershipLog>.Instance),
            new(() => _leases),
            new Self(),
            NullLogger<FencedMembershipTable>.Instance
        );
        _table.Inject(s_other, SiloStatus.Active);
    }

    [Fact(
        DisplayName = "S-20 Silo tells the others that it has left only when no lease of it stands"
    )]
    public async Task Silo_tells_the_others_that_it_has_left_only_when_no_lease_of_it_stands()
    {
        await Enter();
        _leases.Passed = new();

        Task<bool> leaving = WriteSelf(SiloStatus.Dead);

        Assert.False(leaving.IsCompleted);
        Assert.Equal(SiloStatus.Active, _table.Status(s_self));
        _leases.Passed.SetResult();
        Assert.True(await leaving);
        Assert.Equal(SiloStatus.Dead, _table.Status(s_self));
    }

    [Fact(
        DisplayName = "S-20 Silo whose insertion was stored but not answered may declare deaths once the others know it"
    )]
    public async Task Silo_whose_insertion_was_stored_but_not_answered_may_declare_deaths_once_the_others_know_it()
    {
        _table.AfterWrite = _ => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(async () =>
            await _fenced.InsertRowAsync(Entry(s_self, SiloStatus.Joining), await Next(), default)
        );
        _table.AfterWrite = _ => { };

        // As Orleans does: it reads the table and continues with the row that it finds.
        await _fenced.ReadAllAsync(default);
        Assert.False(await DeclareOtherDead());
        Assert.Equal([s_other], _view.PendingIntroductions());
        _view.IntroducedTo(s_other);

        Assert.True(await DeclareOtherDead());
        Assert.Equal(SiloStatus.Dead, _table.Status(s_other));
    }

    [Theory(DisplayName = "S-20 Silo stops answering before it writes that it leaves")]
    [InlineData(SiloStatus.Stopping)]
    [InlineData(SiloStatus.Dead)]
    public async Task Silo_stops_answering_before_it_writes_that_it_leaves(SiloStatus status)
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

    [Fact(DisplayName = "S-20 Silo that shuts down in order answers until it has handed over")]
    public async Task Silo_that_shuts_down_in_order_answers_until_it_has_handed_over()
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

    private async Task<bool> DeclareOtherDead() =>
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

    private sealed class OpenLeases : IGrantedLeases
    {
        /// <summary>Completes when they have passed; null when there are none.</summary>
        public TaskCompletionSource? Passed { get; set; }

        public Task StopAndWait() => Passed?.Task ?? Task.CompletedTask;
    }
}
