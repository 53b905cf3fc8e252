using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using static SessionAuth.Domain.Tests.Leases.LeaseTimes;

namespace SessionAuth.Domain.Tests.Leases;

/// <summary>What a holder takes from a silo, and what it keeps.</summary>
public sealed class HeldLeaseTests
{
    private static readonly SessionId s_session = SessionId.New();
    private static readonly SessionId s_other = SessionId.New();
    private static readonly SessionId s_third = SessionId.New();
    private static readonly LeaseGrant s_grant = new(Seconds(10), []);

    // Asked for at 0, and begun at 1.
    private static readonly HeldLease s_first = Take(null, s_grant, asked: 0, now: 1)!;

    private static HeldLease? Take(
        HeldLease? previous,
        LeaseGrant grant,
        double asked,
        double now
    ) => HeldLease.Take(previous, grant, At(asked), At(now), Rules);

    private static LeasedStanding Standing(long version, double usableFor = 60) =>
        new(version, default, LeastGeneration: 1, [1], Restricted: false, Seconds(usableFor), []);

    private static KeptStanding? Keep(HeldLease lease, long version, double asked, double now) =>
        lease.Keep(s_session, Standing(version), At(asked), At(now), Rules);

    [Fact]
    public void A_first_lease_begins_when_it_arrives_and_is_counted_from_its_request()
    {
        Assert.Equal(1, s_first.Number);
        Assert.Equal(At(1), s_first.BeganAt);
        Assert.Equal(At(10), s_first.Deadline.At);
        Assert.Equal(0, s_first.Tombstones.Count);
    }

    [Theory]
    [InlineData(9.999, true)]
    [InlineData(10, false)]
    public void A_first_lease_that_has_passed_before_it_arrives_is_none(double now, bool begins) =>
        Assert.Equal(begins, Take(null, s_grant, asked: 0, now) is not null);

    [Fact]
    public void A_renewal_extends_the_lease()
    {
        HeldLease renewed = Take(s_first, s_grant, asked: 5, now: 9.999)!;

        Assert.Equal(s_first with { Deadline = new(At(15)) }, renewed);
    }

    [Fact]
    public void A_renewal_that_was_overtaken_does_not_shorten_the_lease()
    {
        HeldLease renewed = Take(s_first, s_grant, asked: 5, now: 6)!;

        Assert.Equal(At(15), Take(renewed, s_grant, asked: 4, now: 7)!.Deadline.At);
    }

    [Fact]
    public void After_a_lapse_another_lease_begins()
    {
        HeldLease recalled = s_first.Recall([new(s_session, Below: 3)], At(2), Rules);

        HeldLease next = Take(recalled, s_grant, asked: 5, now: 10)!;

        Assert.Equal(2, next.Number);
        Assert.Equal(At(10), next.BeganAt);
        Assert.Equal(At(15), next.Deadline.At);
        Assert.Equal(0, next.Tombstones.Count);
    }

    [Fact]
    public void A_renewal_that_has_passed_before_it_arrives_recalls_and_no_more()
    {
        LeaseGrant grant = new(Seconds(1), [new(s_session, Below: 3)]);

        HeldLease lapsed = Take(s_first, grant, asked: 10, now: 11)!;
        HeldLease held = Take(s_first, grant, asked: 5, now: 6)!;

        Assert.Equal((1, At(10)), (lapsed.Number, lapsed.Deadline.At));
        Assert.Equal((1, At(10)), (held.Number, held.Deadline.At));
        Assert.Equal(3, held.Tombstones.LeastVersion(s_session));
    }

    [Fact]
    public void A_renewal_carries_out_its_recalls()
    {
        LeaseGrant grant = new(Seconds(10), [new(s_session, Below: 3), new(s_other, Below: 4)]);

        HeldLease renewed = Take(s_first, grant, asked: 5, now: 6)!;

        Assert.Equal(3, renewed.Tombstones.LeastVersion(s_session));
        Assert.Equal(4, renewed.Tombstones.LeastVersion(s_other));
        Assert.Equal(1, renewed.Number);
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(32.001, false)]
    public void A_recall_is_remembered_for_as_long_as_a_question_lives(double now, bool remembers)
    {
        HeldLease recalled = s_first.Recall([new(s_session, Below: 3)], At(2), Rules);

        HeldLease later = recalled.Recall([], At(now), Rules);

        Assert.Equal(remembers ? 3 : 0, later.Tombstones.LeastVersion(s_session));
    }

    [Fact]
    public void With_too_many_recalls_to_remember_everything_before_is_void()
    {
        HeldLease full = s_first.Recall(
            [new(s_session, Below: 3), new(s_other, Below: 3)],
            At(2),
            Rules
        );

        HeldLease over = full.Recall([new(s_third, Below: 3)], At(3), Rules);

        Assert.Equal((1, At(1), 2), (full.Number, full.BeganAt, full.Tombstones.Count));
        Assert.Equal((2, At(3), 0), (over.Number, over.BeganAt, over.Tombstones.Count));
        Assert.Equal(s_first.Deadline, over.Deadline);
    }

    [Fact]
    public void A_copy_refers_to_its_lease_and_is_usable_from_the_question_on()
    {
        KeptStanding kept = Keep(s_first, version: 1, asked: 2, now: 3)!.Value;

        Assert.Equal(1, kept.Standing.Version);
        Assert.Equal(s_first.Number, kept.LeaseNumber);
        Assert.Equal(At(62), kept.UsableUntil.At);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(1, false)]
    [InlineData(1.001, true)]
    public void An_answer_to_a_question_from_before_the_lease_is_not_kept(
        double asked,
        bool isKept
    ) => Assert.Equal(isKept, Keep(s_first, version: 1, asked, now: 3) is not null);

    [Theory]
    [InlineData(31.999, true)]
    [InlineData(32, false)]
    public void An_answer_that_took_too_long_is_not_kept(double now, bool isKept) =>
        Assert.Equal(isKept, Keep(s_first, version: 1, asked: 2, now) is not null);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_standing_that_was_recalled_is_not_kept(long version, bool isKept)
    {
        HeldLease recalled = s_first.Recall([new(s_session, Below: 3)], At(4), Rules);

        Assert.Equal(isKept, Keep(recalled, version, asked: 2, now: 5) is not null);
    }
}
