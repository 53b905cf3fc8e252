using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using static SessionAuth.Domain.Tests.Leases.LeaseTimes;

namespace SessionAuth.Domain.Tests.Leases;

/// <summary>What a silo grants, and what it waits for.</summary>
public sealed class GrantedLeaseTests
{
    private static readonly SessionId s_session = SessionId.New();
    private static readonly SessionId s_other = SessionId.New();
    private static readonly StandingRecall s_recall = new(s_session, Below: 3);

    private static GrantedLease Granted(double now, double? fence = null) =>
        GrantedLease.None.Grant(Seconds(now), fence is { } open ? Seconds(open) : null, Rules).Next;

    [Theory]
    [InlineData(null, 10)]
    [InlineData(11.0, 10)]
    [InlineData(10.0, 10)]
    [InlineData(9.0, 9)]
    [InlineData(0.001, 0.001)]
    public void A_lease_is_never_longer_than_the_fence_stays_open(double? fence, double length)
    {
        (GrantedLease next, LeaseGrant? grant) = GrantedLease.None.Grant(
            Seconds(100),
            fence is { } open ? Seconds(open) : null,
            Rules
        );

        Assert.Equal(Seconds(length), grant!.Length);
        Assert.Empty(grant.Recalls);
        Assert.Equal(Seconds(100) + Seconds(length) * 1.01, next.Until);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Nothing_is_granted_when_the_fence_is_closed(double fence)
    {
        GrantedLease before = Granted(now: 100);

        (GrantedLease next, LeaseGrant? grant) = before.Grant(Seconds(105), Seconds(fence), Rules);

        Assert.Null(grant);
        Assert.Same(before, next);
    }

    [Fact]
    public void A_renewal_is_waited_for_too()
    {
        GrantedLease renewed = Granted(now: 100).Grant(Seconds(105), fence: null, Rules).Next;

        Assert.Equal(Seconds(115.1), renewed.Until);
    }

    [Fact]
    public void A_shorter_renewal_does_not_shorten_what_was_granted_before()
    {
        GrantedLease renewed = Granted(now: 100).Grant(Seconds(101), Seconds(2), Rules).Next;

        Assert.Equal(Seconds(110.1), renewed.Until);
    }

    [Fact]
    public void What_was_recalled_goes_with_each_grant_until_it_is_acknowledged()
    {
        GrantedLease recalling = GrantedLease.None.Recall(s_recall);

        (GrantedLease next, LeaseGrant? first) = recalling.Grant(Seconds(0), null, Rules);
        LeaseGrant? second = next.Grant(Seconds(1), null, Rules).Grant;
        LeaseGrant? third = next.Acknowledge([s_recall]).Grant(Seconds(2), null, Rules).Grant;

        Assert.Equal([s_recall], first!.Recalls);
        Assert.Equal([s_recall], second!.Recalls);
        Assert.Empty(third!.Recalls);
    }

    [Theory]
    [InlineData(3, 4, 4)]
    [InlineData(4, 3, 4)]
    public void The_highest_recalled_version_is_pending(long first, long second, long pending)
    {
        GrantedLease recalling = GrantedLease
            .None.Recall(new(s_session, first))
            .Recall(new(s_session, second));

        Assert.Equal(pending, Assert.Single(recalling.Pending).Value);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void A_holder_has_dropped_what_it_acknowledges(long acknowledged, bool hasDropped)
    {
        GrantedLease granted = Granted(now: 100).Recall(s_recall);

        GrantedLease next = granted.Acknowledge([new(s_session, acknowledged)]);

        Assert.Equal(hasDropped, next.HasDropped(s_recall, granted.Until, Seconds(101)));
        Assert.Equal(hasDropped, next.Pending.IsEmpty);
    }

    [Fact]
    public void An_acknowledgement_of_an_earlier_recall_does_not_count_for_a_later_one()
    {
        GrantedLease granted = Granted(now: 100).Recall(s_recall).Recall(new(s_session, Below: 4));

        GrantedLease next = granted.Acknowledge([s_recall]);

        Assert.False(next.HasDropped(s_recall, granted.Until, Seconds(101)));
        Assert.False(next.HasDropped(new(s_session, Below: 4), granted.Until, Seconds(101)));
    }

    [Fact]
    public void An_acknowledgement_counts_for_its_sessions_alone()
    {
        StandingRecall other = new(s_other, Below: 7);
        GrantedLease granted = Granted(now: 100).Recall(s_recall).Recall(other);

        GrantedLease next = granted.Acknowledge([s_recall, new(SessionId.New(), Below: 9)]);

        Assert.True(next.HasDropped(s_recall, granted.Until, Seconds(101)));
        Assert.False(next.HasDropped(other, granted.Until, Seconds(101)));
        Assert.Equal([KeyValuePair.Create(s_other, 7L)], next.Pending);
    }

    [Theory]
    [InlineData(110.099, false)]
    [InlineData(110.1, true)]
    [InlineData(110.101, true)]
    public void A_holder_uses_no_copy_once_the_last_lease_without_the_recall_has_passed(
        double now,
        bool hasDropped
    )
    {
        GrantedLease before = Granted(now: 100);
        GrantedLease renewed = before.Recall(s_recall).Grant(Seconds(105), null, Rules).Next;

        Assert.Equal(hasDropped, renewed.HasDropped(s_recall, before.Until, Seconds(now)));
    }

    [Fact]
    public void A_holder_without_a_lease_uses_no_copy()
    {
        GrantedLease none = GrantedLease.None.Recall(s_recall);

        Assert.True(none.HasDropped(s_recall, GrantedLease.None.Until, TimeSpan.Zero));
    }

    [Fact]
    public void A_recall_that_is_given_up_goes_with_no_grant()
    {
        GrantedLease granted = Granted(now: 100).Recall(s_recall).Recall(new(s_other, Below: 7));

        GrantedLease next = granted.GiveUp(s_recall);

        Assert.Equal([KeyValuePair.Create(s_other, 7L)], next.Pending);
        Assert.Equal(granted.Until, next.Until);
    }

    [Fact]
    public void A_later_recall_is_not_given_up_with_an_earlier_one()
    {
        GrantedLease granted = Granted(now: 100).Recall(new(s_session, Below: 4));

        Assert.Equal(4, granted.GiveUp(s_recall).Pending[s_session]);
    }
}
