using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using static SessionAuth.Domain.Tests.Leases.LeaseTimes;

namespace SessionAuth.Domain.Tests.Leases;

/// <summary>What a holder remembers of recalls.</summary>
public sealed class TombstonesTests
{
    private static readonly SessionId s_session = SessionId.New();
    private static readonly SessionId s_other = SessionId.New();

    [Fact]
    public void Without_a_recall_any_version_may_be_kept()
    {
        Assert.Equal(0, Tombstones.None.LeastVersion(s_session));
        Assert.Equal(0, Tombstones.None.Count);
    }

    [Fact]
    public void A_recall_is_remembered_for_its_session_alone()
    {
        Tombstones remembered = Tombstones.None.With(new(s_session, Below: 3), Seconds(1));

        Assert.Equal(3, remembered.LeastVersion(s_session));
        Assert.Equal(0, remembered.LeastVersion(s_other));
        Assert.Equal(1, remembered.Count);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    public void The_highest_version_counts(long second, long least)
    {
        Tombstones first = Tombstones.None.With(new(s_session, Below: 3), Seconds(1));

        Tombstones both = first.With(new(s_session, second), Seconds(2));

        Assert.Equal(least, both.LeastVersion(s_session));
        Assert.Equal(1, both.Count);
        Assert.Equal(second <= 3, ReferenceEquals(first, both));
    }

    [Theory]
    [InlineData(0.999, 3)]
    [InlineData(1, 3)]
    [InlineData(1.001, 0)]
    public void A_recall_is_forgotten_by_its_age(double before, long least)
    {
        Tombstones remembered = Tombstones.None.With(new(s_session, Below: 3), Seconds(1));

        Tombstones left = remembered.Forget(Seconds(before));

        Assert.Equal(least, left.LeastVersion(s_session));
        Assert.Equal(least > 0 ? 1 : 0, left.Count);
        Assert.Equal(least > 0, ReferenceEquals(remembered, left));
    }

    [Fact]
    public void Only_what_is_old_enough_is_forgotten()
    {
        Tombstones remembered = Tombstones
            .None.With(new(s_session, Below: 3), Seconds(1))
            .With(new(s_other, Below: 5), Seconds(2));

        Tombstones left = remembered.Forget(before: Seconds(2));

        Assert.Equal(0, left.LeastVersion(s_session));
        Assert.Equal(5, left.LeastVersion(s_other));
        Assert.Equal(0, left.Forget(before: Seconds(3)).Count);
    }

    [Fact]
    public void A_later_recall_of_a_session_outlives_the_earlier_one()
    {
        Tombstones remembered = Tombstones
            .None.With(new(s_session, Below: 3), Seconds(1))
            .With(new(s_session, Below: 4), Seconds(2));

        Assert.Equal(4, remembered.Forget(before: Seconds(2)).LeastVersion(s_session));
        Assert.Equal(0, remembered.Forget(before: Seconds(2.001)).LeastVersion(s_session));
    }
}
