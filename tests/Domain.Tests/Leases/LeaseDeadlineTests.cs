using SessionAuth.Domain.Leases;
using static SessionAuth.Domain.Tests.Leases.LeaseTimes;

namespace SessionAuth.Domain.Tests.Leases;

/// <summary>When a lease is over, by both clocks of its holder.</summary>
public sealed class LeaseDeadlineTests
{
    private static readonly LeaseDeadline s_deadline = LeaseDeadline.After(At(5), Seconds(10));

    [Fact]
    public void A_lease_is_counted_from_when_it_was_asked_for() =>
        Assert.Equal(At(15), s_deadline.At);

    [Theory]
    [InlineData(14.999, 14.999, false)]
    [InlineData(15, 14.999, true)]
    [InlineData(14.999, 15, true)]
    [InlineData(15, 15, true)]
    [InlineData(16, -3600, true)]
    [InlineData(5, 3600, true)]
    [InlineData(14.999, -3600, false)]
    public void A_lease_is_over_as_soon_as_either_clock_says_so(
        double monotonic,
        double wall,
        bool isOver
    ) => Assert.Equal(isOver, s_deadline.HasPassed(At(monotonic, wall)));

    [Fact]
    public void Of_two_deadlines_the_later_one_by_the_monotonic_clock_counts()
    {
        LeaseDeadline later = new(At(16, wall: 3));

        Assert.Equal(later, s_deadline.OrLater(later));
        Assert.Equal(later, later.OrLater(s_deadline));
    }

    [Fact]
    public void Of_two_deadlines_at_the_same_time_the_first_one_stays()
    {
        LeaseDeadline same = new(At(15, wall: 99));

        Assert.Equal(s_deadline, s_deadline.OrLater(same));
    }

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, false)]
    public void Readings_are_ordered_by_the_monotonic_clock(double one, double other, bool isAfter)
    {
        Assert.Equal(isAfter, At(one, wall: 0).IsAfter(At(other, wall: 0)));
        Assert.Equal(isAfter, At(one, wall: 0).IsAfter(At(other, wall: 9)));
    }
}
