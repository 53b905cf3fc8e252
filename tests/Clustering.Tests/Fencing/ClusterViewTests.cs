using System.Net;
using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>The rules by which silos confirm one another without the membership table.</summary>
public sealed class ClusterViewTests
{
    private static readonly ClusterTimings s_timings = new();
    private static readonly SiloAddress s_self = Silo(1);
    private static readonly SiloAddress s_other = Silo(2);
    private static readonly SiloAddress s_newcomer = Silo(3);

    private readonly SplitClock _clock = new();
    private readonly ClusterView _view;

    public ClusterViewTests() => _view = new(Options.Create(s_timings), _clock);

    private ClockReading Now => ClockReading.Now(_clock);

    [Fact]
    public void Silo_that_was_read_as_dead_is_never_reported_alive_again()
    {
        Read(2, (s_self, SiloStatus.Active), (s_other, SiloStatus.Dead));
        Read(1, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));

        Assert.False(_view.ReportOn(s_other).IsAlive);
        Assert.DoesNotContain(s_other, _view.Known());
        Assert.False(_view.MayBeAlive(s_other));
    }

    [Fact]
    public void Silo_that_tried_to_write_a_death_counts_the_other_as_dead_until_the_write_is_impossible()
    {
        Read(5, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));

        _view.DeclaresDead(s_other, version: 6);
        Assert.False(_view.ReportOn(s_other).IsAlive);
        Read(5, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));
        Assert.False(_view.ReportOn(s_other).IsAlive);
        Read(6, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));
        Assert.True(_view.ReportOn(s_other).IsAlive);
    }

    [Fact]
    public void Newcomer_that_introduced_itself_is_known_although_the_table_was_read_before()
    {
        Read(1, (s_self, SiloStatus.Active));

        _view.AddNewcomer(s_newcomer);
        Assert.Contains(s_newcomer, _view.Known());
        Assert.Contains(s_newcomer, _view.ReportOn(s_self).Known);
        Read(1, (s_self, SiloStatus.Active));
        Assert.Contains(s_newcomer, _view.Known());
        Read(2, (s_self, SiloStatus.Active), (s_newcomer, SiloStatus.Dead));
        Assert.DoesNotContain(s_newcomer, _view.Known());
    }

    [Fact]
    public void Peer_reports_count_only_for_a_limited_time_after_the_table_was_read()
    {
        Assert.False(_view.MayRelyOnPeers);
        Read(1, (s_self, SiloStatus.Active));

        _clock.Pass(s_timings.OutageLimit - TimeSpan.FromMilliseconds(1));
        Assert.True(_view.MayRelyOnPeers);
        _clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.False(_view.MayRelyOnPeers);
    }

    [Fact]
    public void Silo_that_has_not_joined_declares_no_death()
    {
        Read(1, (s_other, SiloStatus.Active));

        _clock.Pass(TimeSpan.FromDays(1));

        Assert.False(_view.MayDeclareDeath);
    }

    [Fact]
    public void Newcomer_declares_no_death_before_every_silo_in_the_table_knows_it()
    {
        _view.Entered(Now);
        Assert.False(_view.MayDeclareDeath);
        Read(
            2,
            (s_self, SiloStatus.Joining),
            (s_other, SiloStatus.Active),
            (s_newcomer, SiloStatus.Active)
        );
        Assert.False(_view.MayDeclareDeath);
        Assert.Equal(
            [s_other, s_newcomer],
            _view.PendingIntroductions().OrderBy(silo => silo.Endpoint.Port)
        );

        _view.IntroducedTo(s_other);
        Assert.False(_view.MayDeclareDeath);
        _view.IntroducedTo(s_newcomer);
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void Newcomer_need_not_be_introduced_to_dead_silos()
    {
        _view.Entered(Now);
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));
        Assert.False(_view.MayDeclareDeath);

        Read(3, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Dead));

        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void Newcomer_that_reaches_no_silo_waits_until_no_peer_report_can_count_any_more()
    {
        _view.Entered(Now);
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));

        _clock.Pass(s_timings.OutageLimit + s_timings.Fence);
        Assert.False(_view.MayDeclareDeath);
        _clock.Pass(ClusterTimings.Margin + TimeSpan.FromMilliseconds(1));
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void Wall_clock_set_forward_does_not_let_a_newcomer_declare_a_death()
    {
        _view.Entered(Now);
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));

        _clock.MoveWall(TimeSpan.FromDays(1));

        Assert.False(_view.MayDeclareDeath);
        _clock.Pass(s_timings.OutageLimit + s_timings.Takeover);
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void Wall_clock_set_back_delays_a_newcomer_by_one_more_wait_only()
    {
        _view.Entered(Now);
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));

        _clock.MoveWall(TimeSpan.FromDays(-1));

        Assert.False(_view.MayDeclareDeath);
        _clock.Pass(s_timings.OutageLimit + s_timings.Takeover);
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void Silo_that_finds_itself_in_the_table_has_joined_although_its_insertion_was_not_answered()
    {
        // Inserted, but the answer was lost, so Entered was not called.
        Assert.True(Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active)));

        Assert.Equal([s_other], _view.PendingIntroductions());
        Assert.False(_view.MayDeclareDeath);
        _view.IntroducedTo(s_other);
        Assert.True(_view.MayDeclareDeath);
        Assert.False(Read(3, (s_other, SiloStatus.Active)));
    }

    [Fact]
    public void Silo_that_finds_itself_in_the_table_waits_from_then_on_for_silos_that_it_cannot_reach()
    {
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));

        _clock.Pass(s_timings.OutageLimit + s_timings.Fence);
        Assert.False(_view.MayDeclareDeath);
        _clock.Pass(ClusterTimings.Margin);
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void Silo_that_is_no_longer_a_member_declares_no_death()
    {
        Read(2, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));
        _view.IntroducedTo(s_other);
        Assert.True(_view.MayDeclareDeath);

        Read(3, (s_self, SiloStatus.Dead), (s_other, SiloStatus.Active));
        Assert.False(_view.MayDeclareDeath);

        // Its row was old and has been cleaned up.
        Read(3, (s_other, SiloStatus.Active));
        Assert.False(_view.MayDeclareDeath);
    }

    [Fact(DisplayName = "S-20 Grains of a dead silo wait until its fence has closed")]
    public void Grains_of_a_dead_silo_wait_until_its_fence_has_closed()
    {
        Read(2, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));
        Assert.Equal(TimeSpan.Zero, _view.UntilTakeover());

        Read(3, (s_self, SiloStatus.Active), (s_other, SiloStatus.Dead));

        Assert.Equal(s_timings.Fence + ClusterTimings.Margin, _view.UntilTakeover());
        _clock.Pass(s_timings.Fence);
        Read(4, (s_self, SiloStatus.Active), (s_other, SiloStatus.Dead));
        Assert.Equal(ClusterTimings.Margin, _view.UntilTakeover());
        _clock.Pass(ClusterTimings.Margin);
        Assert.Equal(TimeSpan.Zero, _view.UntilTakeover());
    }

    [Fact(DisplayName = "S-20 Wait for the fence of a dead silo needs both clocks")]
    public void Wait_for_the_fence_of_a_dead_silo_needs_both_clocks()
    {
        Read(3, (s_self, SiloStatus.Active), (s_other, SiloStatus.Dead));

        _clock.MoveWall(TimeSpan.FromHours(1));
        Assert.Equal(s_timings.Takeover, _view.UntilTakeover());
        _clock.MoveMonotonic(TimeSpan.FromHours(1));
        Assert.Equal(s_timings.Takeover, _view.UntilTakeover());
        _clock.Pass(s_timings.Takeover);
        Assert.Equal(TimeSpan.Zero, _view.UntilTakeover());
    }

    [Fact]
    public void Silo_that_left_in_order_causes_no_wait()
    {
        Read(2, (s_self, SiloStatus.Active), (s_other, SiloStatus.ShuttingDown));
        Assert.Equal(TimeSpan.Zero, _view.UntilTakeover());

        // Orleans lists the silo that wrote a death among those that suspected it.
        Read(3, [s_other, s_newcomer], (s_self, SiloStatus.Active), (s_other, SiloStatus.Dead));

        Assert.Equal(TimeSpan.Zero, _view.UntilTakeover());
    }

    [Fact]
    public void Silo_may_answer_and_report_itself_while_its_row_is_active()
    {
        Assert.Null(Read(1, (s_other, SiloStatus.Active)));
        _view.Entered(Now);
        Assert.True(Read(2, (s_self, SiloStatus.Active)));
        Assert.True(Read(3, (s_self, SiloStatus.ShuttingDown)));
        // The directory no longer asks it for its activations.
        Assert.False(Read(4, (s_self, SiloStatus.Stopping)));
        Assert.False(Read(5, (s_self, SiloStatus.Dead)));
        Assert.False(Read(6, (s_other, SiloStatus.Active)));
    }

    private bool? Read(int version, params (SiloAddress Silo, SiloStatus Status)[] members) =>
        Read(version, [s_newcomer], members);

    private bool? Read(
        int version,
        SiloAddress[] suspectors,
        params (SiloAddress Silo, SiloStatus Status)[] members
    ) =>
        _view.Read(
            new(
                [
                    .. members.Select(member =>
                        Tuple.Create(
                            new MembershipEntry
                            {
                                SiloAddress = member.Silo,
                                Status = member.Status,
                                SiloName = "",
                                HostName = "",
                                SuspectTimes =
                                [
                                    .. suspectors.Select(suspector =>
                                        Tuple.Create(suspector, DateTime.UnixEpoch)
                                    ),
                                ],
                            },
                            "etag"
                        )
                    ),
                ],
                new TableVersion(version, $"{version}")
            ),
            s_self,
            Now
        );

    private static SiloAddress Silo(int port) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1);
}
