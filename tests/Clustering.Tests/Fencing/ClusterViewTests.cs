using System.Net;
using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>The sentences of the argument that lets silos go on by each other's word.</summary>
public sealed class ClusterViewTests
{
    private static readonly ClusterTimings s_timings = new();
    private static readonly SiloAddress s_self = Silo(1);
    private static readonly SiloAddress s_other = Silo(2);
    private static readonly SiloAddress s_newcomer = Silo(3);

    private readonly TwoHands _clock = new();
    private readonly ClusterView _view;

    public ClusterViewTests() => _view = new(Options.Create(s_timings), _clock);

    private ClockReading Now => ClockReading.Now(_clock);

    [Fact]
    public void A_silo_that_was_read_as_dead_is_never_said_to_be_alive_again()
    {
        Read(2, (s_self, SiloStatus.Active), (s_other, SiloStatus.Dead));
        Read(1, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));

        Assert.False(_view.Testify(s_other).IsAlive);
        Assert.DoesNotContain(s_other, _view.Known());
        Assert.False(_view.MayBeAlive(s_other));
    }

    [Fact]
    public void Who_tried_to_write_a_death_counts_as_having_written_it_until_it_cannot_happen_any_more()
    {
        Read(5, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));

        _view.DeclaresDead(s_other, version: 6);
        Assert.False(_view.Testify(s_other).IsAlive);
        Read(5, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));
        Assert.False(_view.Testify(s_other).IsAlive);
        Read(6, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));
        Assert.True(_view.Testify(s_other).IsAlive);
    }

    [Fact]
    public void A_newcomer_that_introduced_itself_is_known_though_the_table_was_read_before()
    {
        Read(1, (s_self, SiloStatus.Active));

        _view.Introduce(s_newcomer);
        Assert.Contains(s_newcomer, _view.Known());
        Assert.Contains(s_newcomer, _view.Testify(s_self).Known);
        Read(1, (s_self, SiloStatus.Active));
        Assert.Contains(s_newcomer, _view.Known());
        Read(2, (s_self, SiloStatus.Active), (s_newcomer, SiloStatus.Dead));
        Assert.DoesNotContain(s_newcomer, _view.Known());
    }

    [Fact]
    public void The_others_word_counts_only_so_long_after_the_table_was_read()
    {
        Assert.False(_view.MayAskOthers);
        Read(1, (s_self, SiloStatus.Active));

        _clock.Pass(s_timings.OutageLimit - TimeSpan.FromMilliseconds(1));
        Assert.True(_view.MayAskOthers);
        _clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.False(_view.MayAskOthers);
    }

    [Fact]
    public void A_silo_that_has_not_entered_declares_nobody_dead()
    {
        Read(1, (s_other, SiloStatus.Active));

        _clock.Pass(TimeSpan.FromDays(1));

        Assert.False(_view.MayDeclareDeath);
    }

    [Fact]
    public void A_newcomer_declares_nobody_dead_before_everybody_in_the_table_knows_it()
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
        Assert.Equal([s_other, s_newcomer], _view.ToMeet().OrderBy(silo => silo.Endpoint.Port));

        _view.Met(s_other);
        Assert.False(_view.MayDeclareDeath);
        _view.Met(s_newcomer);
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void A_newcomer_need_not_meet_those_that_have_died()
    {
        _view.Entered(Now);
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));
        Assert.False(_view.MayDeclareDeath);

        Read(3, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Dead));

        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void A_newcomer_that_reaches_nobody_waits_until_nobody_goes_by_the_others_word_any_more()
    {
        _view.Entered(Now);
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));

        _clock.Pass(s_timings.OutageLimit + s_timings.Fence);
        Assert.False(_view.MayDeclareDeath);
        _clock.Pass(ClusterTimings.Margin + TimeSpan.FromMilliseconds(1));
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void A_wall_clock_that_is_set_forward_lets_a_newcomer_declare_nobody_dead()
    {
        _view.Entered(Now);
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));

        _clock.MoveWall(TimeSpan.FromDays(1));

        Assert.False(_view.MayDeclareDeath);
        _clock.Pass(s_timings.OutageLimit + s_timings.Takeover);
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void A_wall_clock_that_is_set_back_costs_a_newcomer_one_more_wait_and_no_more()
    {
        _view.Entered(Now);
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));

        _clock.MoveWall(TimeSpan.FromDays(-1));

        Assert.False(_view.MayDeclareDeath);
        _clock.Pass(s_timings.OutageLimit + s_timings.Takeover);
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void A_silo_that_finds_itself_in_the_table_has_entered_it_whatever_it_was_told_of_its_insertion()
    {
        // Inserted, and the answer lost: nobody has called Entered.
        Assert.True(Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active)));

        Assert.Equal([s_other], _view.ToMeet());
        Assert.False(_view.MayDeclareDeath);
        _view.Met(s_other);
        Assert.True(_view.MayDeclareDeath);
        Assert.False(Read(3, (s_other, SiloStatus.Active)));
    }

    [Fact]
    public void A_silo_that_finds_itself_in_the_table_waits_from_then_on_for_those_that_it_cannot_reach()
    {
        Read(2, (s_self, SiloStatus.Joining), (s_other, SiloStatus.Active));

        _clock.Pass(s_timings.OutageLimit + s_timings.Fence);
        Assert.False(_view.MayDeclareDeath);
        _clock.Pass(ClusterTimings.Margin);
        Assert.True(_view.MayDeclareDeath);
    }

    [Fact]
    public void A_silo_that_is_a_member_no_more_declares_nobody_dead()
    {
        Read(2, (s_self, SiloStatus.Active), (s_other, SiloStatus.Active));
        _view.Met(s_other);
        Assert.True(_view.MayDeclareDeath);

        Read(3, (s_self, SiloStatus.Dead), (s_other, SiloStatus.Active));
        Assert.False(_view.MayDeclareDeath);

        // Its row was old, and somebody has cleaned up.
        Read(3, (s_other, SiloStatus.Active));
        Assert.False(_view.MayDeclareDeath);
    }

    [Fact(
        DisplayName = "S-20 Grains of a silo that was declared dead wait until its fence has closed for certain"
    )]
    public void Grains_of_a_dead_silo_wait_for_its_fence()
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

    [Fact(DisplayName = "S-20 The wait for the fence of a dead silo ends by neither clock alone")]
    public void The_wait_for_a_dead_silo_needs_both_clocks()
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
    public void Nobody_waits_for_a_silo_that_left_by_itself()
    {
        Read(2, (s_self, SiloStatus.Active), (s_other, SiloStatus.ShuttingDown));
        Assert.Equal(TimeSpan.Zero, _view.UntilTakeover());

        // Orleans notes who wrote that a silo is dead among those that suspected it.
        Read(3, [s_other, s_newcomer], (s_self, SiloStatus.Active), (s_other, SiloStatus.Dead));

        Assert.Equal(TimeSpan.Zero, _view.UntilTakeover());
    }

    [Fact]
    public void A_silo_may_answer_while_its_row_stands_and_says_so()
    {
        Assert.Null(Read(1, (s_other, SiloStatus.Active)));
        _view.Entered(Now);
        Assert.True(Read(2, (s_self, SiloStatus.Active)));
        Assert.True(Read(3, (s_self, SiloStatus.ShuttingDown)));
        // The directory asks it for its activations no more.
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
