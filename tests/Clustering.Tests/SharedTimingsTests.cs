using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using SessionAuth.Clustering.Tests.Fencing;
using SessionAuth.Clustering.Timing;
using SessionAuth.Providers.Membership;

namespace SessionAuth.Clustering.Tests;

/// <summary>Timings that all silos of a cluster must share.</summary>
public sealed class SharedTimingsTests
{
    private static readonly SiloAddress s_silo = SiloAddress.New(
        new IPEndPoint(IPAddress.Loopback, 1),
        1
    );

    private readonly FakeTimeProvider _clock = new();
    private readonly Table _table = new();

    [Fact]
    public async Task First_silo_stores_the_timings_and_others_with_the_same_timings_join()
    {
        await Agree(new());
        _table.Inject(s_silo, SiloStatus.Active);

        await Agree(new());

        Assert.Equal("00:00:03", _table.Settings["FENCE"]);
        Assert.Equal("00:02:00", _table.Settings["OUTAGE_LIMIT"]);
    }

    [Theory(DisplayName = "S-20 Silo does not join a cluster with another fence")]
    [InlineData("00:00:04", "00:02:00", "FENCE is 00:00:04 here and 00:00:03 in the cluster")]
    [InlineData("00:00:02", "00:02:00", "FENCE is 00:00:02 here and 00:00:03 in the cluster")]
    [InlineData("00:00:03", "00:05:00", "OUTAGE_LIMIT is 00:05:00 here and 00:02:00 in the")]
    public async Task Silo_does_not_join_a_cluster_with_another_fence(
        string fence,
        string outage,
        string sentence
    )
    {
        await Agree(new());
        _table.Inject(s_silo, SiloStatus.ShuttingDown);

        OrleansConfigurationException refusal =
            await Assert.ThrowsAsync<OrleansConfigurationException>(() =>
                Agree(Timings(fence, outage))
            );

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("00:00:03", _table.Settings["FENCE"]);
    }

    [Fact(
        DisplayName = "S-20 After all silos have stopped the next one changes the timings once the longest previous fence has closed"
    )]
    public async Task After_all_silos_have_stopped_the_next_one_changes_the_timings_once_the_longest_previous_fence_has_closed()
    {
        await Agree(Timings("00:00:30", "00:02:00"));
        _table.Inject(s_silo, SiloStatus.Dead);

        Task agreed = Agree(new());
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(agreed.IsCompleted);
        Assert.Equal("00:00:30", _table.Settings["FENCE"]);
        _clock.Advance(ClusterTimings.Margin);
        await agreed;

        Assert.Equal("00:00:03", _table.Settings["FENCE"]);
    }

    [Fact]
    public async Task Changed_timings_are_refused_when_a_silo_with_the_old_ones_starts_meanwhile()
    {
        await Agree(Timings("00:00:30", "00:02:00"));

        Task agreed = Agree(new());
        _table.Inject(s_silo, SiloStatus.Joining);
        _clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<OrleansConfigurationException>(() => agreed);
    }

    private Task Agree(ClusterTimings timings) =>
        new SharedTimings(
            Options.Create(timings),
            Options.Create(new ClusterOptions()),
            _clock,
            NullLogger<SharedTimings>.Instance
        ).Agree(_table, default);

    private static ClusterTimings Timings(string fence, string outage) =>
        new()
        {
            Fence = TimeSpan.Parse(fence, CultureInfo.InvariantCulture),
            OutageLimit = TimeSpan.Parse(outage, CultureInfo.InvariantCulture),
        };

    private sealed class Table : InjectedTable, ISharedSettings
    {
        public IReadOnlyDictionary<string, string> Settings { get; private set; } =
            new Dictionary<string, string>();

        public async Task<SharedSettings> ReadOrStore(
            IReadOnlyDictionary<string, string> own,
            CancellationToken cancellationToken
        )
        {
            if (Settings.Count == 0)
                Settings = own;
            MembershipTableData table = await ReadAllAsync(cancellationToken);
            return new(
                Settings,
                table.Members.Any(member => member.Item1.Status != SiloStatus.Dead),
                table.Version.VersionEtag
            );
        }

        public async Task<bool> Replace(
            IReadOnlyDictionary<string, string> own,
            SharedSettings read,
            CancellationToken cancellationToken
        )
        {
            if ((await ReadAllAsync(cancellationToken)).Version.VersionEtag != read.TableVersion)
                return false;
            Settings = own;
            return true;
        }
    }
}
