using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>What a refresh token is worth.</summary>
public class RotationTests
{
    private const int Newest = 5;
    private const int AMonth = 2_592_000;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    [Theory]
    // The newest generation: repeated within the grace of its rotation, rotated after.
    [InlineData(5, 9, null, RefreshDecision.Repeat)]
    [InlineData(5, 10, null, RefreshDecision.Rotate)]
    // Not superseded: the answers since were lost, however many and however long ago.
    [InlineData(4, AMonth, null, RefreshDecision.Repeat)]
    [InlineData(1, AMonth, null, RefreshDecision.Repeat)]
    [InlineData(1, 1, null, RefreshDecision.Repeat)]
    // Superseded: good for the grace, then held up for two minutes, then a copy.
    [InlineData(4, AMonth, 0, RefreshDecision.Repeat)]
    [InlineData(1, AMonth, 9, RefreshDecision.Repeat)]
    [InlineData(4, AMonth, 10, RefreshDecision.HeldUp)]
    [InlineData(1, AMonth, 129, RefreshDecision.HeldUp)]
    [InlineData(4, AMonth, 130, RefreshDecision.Reuse)]
    [InlineData(1, AMonth, 130, RefreshDecision.Reuse)]
    // Ahead of storage: a backup was restored.
    [InlineData(6, 1, null, RefreshDecision.RotateFromToken)]
    public void A_refresh_token_is_worth_what_the_table_says(
        long presented,
        int rotatedSecondsAgo,
        int? supersededSecondsAgo,
        RefreshDecision expected
    )
    {
        Rotation rotation = Of(rotatedSecondsAgo, presented, supersededSecondsAgo);

        Assert.Equal(expected, rotation.Decide(presented, Now, Grace));
    }

    [Theory]
    // While the newest generation is young, and while it is superseded, it is held up.
    [InlineData(9, null, RefreshDecision.HeldUp)]
    [InlineData(AMonth, 0, RefreshDecision.HeldUp)]
    [InlineData(AMonth, 129, RefreshDecision.HeldUp)]
    // After that it brings the newest generation, but not the proof.
    [InlineData(10, null, RefreshDecision.RepeatWithoutProof)]
    [InlineData(AMonth, null, RefreshDecision.RepeatWithoutProof)]
    // And a copy is a copy.
    [InlineData(AMonth, 130, RefreshDecision.Reuse)]
    public void A_token_from_before_a_step_up_is_worth_less(
        int rotatedSecondsAgo,
        int? supersededSecondsAgo,
        RefreshDecision expected
    )
    {
        Rotation rotation = Of(rotatedSecondsAgo, 3, supersededSecondsAgo) with
        {
            LeastGeneration = 4,
        };

        Assert.Equal(expected, rotation.Decide(3, Now, Grace));
    }

    [Fact]
    public void The_first_refresh_after_a_sign_in_rotates_at_once() =>
        Assert.Equal(RefreshDecision.Rotate, Rotation.First.Decide(1, Now, Grace));

    [Fact]
    public void A_generation_that_never_came_back_is_not_superseded_by_newer_ones()
    {
        Rotation rotation = Rotation
            .First.Advance(Now)
            .Advance(Now)
            .CameBack(3, Now, Grace)
            .CameBack(1, Now, Grace);

        Assert.Equal(RefreshDecision.Repeat, rotation.Decide(2, Now + TimeSpan.FromDays(1), Grace));
    }

    [Fact]
    public void A_generation_that_came_back_late_is_superseded_by_what_comes_back_after_it()
    {
        Rotation rotation = Rotation
            .First.Advance(Now)
            .CameBack(2, Now, Grace)
            .CameBack(1, Now, Grace);
        DateTimeOffset later = Now + TimeSpan.FromHours(1);
        RefreshDecision before = rotation.Decide(1, later, Grace);

        RefreshDecision after = rotation.CameBack(2, later, Grace).Decide(1, later + Grace, Grace);

        Assert.Equal((RefreshDecision.Repeat, RefreshDecision.HeldUp), (before, after));
    }

    [Fact]
    public void What_comes_back_late_leaves_the_newer_ones_as_they_are()
    {
        Rotation rotation = Rotation
            .First.Advance(Now)
            .Advance(Now)
            .CameBack(3, Now, Grace)
            .CameBack(2, Now, Grace);

        Assert.Equal([new Delivery(2), new Delivery(3)], rotation.Deliveries.Remembered);
    }

    [Fact]
    public void A_token_of_the_least_generation_itself_is_none_from_before_the_step_up()
    {
        Rotation rotation = Rotation
            .First.AdvanceAndRetire(Now)
            .Advance(Now)
            .CameBack(2, Now, Grace)
            .CameBack(3, Now, Grace);

        Assert.Equal(RefreshDecision.Repeat, rotation.Decide(2, Now, Grace));
    }

    [Fact]
    public void What_comes_back_again_changes_nothing_and_allocates_nothing()
    {
        Rotation rotation = Rotation.First.Advance(Now).CameBack(1, Now, Grace);
        rotation = rotation.CameBack(2, Now, Grace);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rotation again = rotation;
        for (int i = 0; i < 1000; i++)
            again = again.CameBack(2, Now, Grace).CameBack(1, Now, Grace);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(rotation, again);
    }

    [Fact]
    public void A_session_that_refreshes_for_months_remembers_two_generations()
    {
        Rotation rotation = Rotation.First;
        DateTimeOffset time = Now;
        for (int i = 0; i < 10_000; i++)
        {
            time += TimeSpan.FromMinutes(15);
            rotation = rotation.CameBack(rotation.Generation, time, Grace).Advance(time);
        }

        Assert.InRange(rotation.Deliveries.Remembered.Count, 1, 2);
        Assert.Equal(RefreshDecision.Reuse, rotation.Decide(9000, time, Grace));
    }

    [Fact]
    public void No_more_than_sixteen_are_remembered_and_the_rest_are_copies()
    {
        Rotation rotation = Rotation.First;
        // Each second one never comes back, so that none below it is forgotten by its age.
        for (int i = 0; i < 40; i++)
            rotation = rotation.CameBack(rotation.Generation, Now, Grace).Advance(Now).Advance(Now);

        Assert.Equal(Deliveries.MostRemembered, rotation.Deliveries.Remembered.Count);
        Assert.Equal(RefreshDecision.Reuse, rotation.Decide(2, Now, Grace));
        Assert.Equal(RefreshDecision.Repeat, rotation.Decide(79, Now, Grace));
    }

    // The newest came back so long ago, before which the presented one had.
    private static Rotation Of(int rotatedSecondsAgo, long presented, int? supersededSecondsAgo)
    {
        Rotation rotation = Rotation.First with
        {
            Generation = Newest,
            RotatedAt = Now.AddSeconds(-rotatedSecondsAgo),
        };
        rotation = rotation.CameBack(presented, rotation.RotatedAt.Value, Grace);
        return supersededSecondsAgo is { } seconds
            ? rotation.CameBack(Newest, Now.AddSeconds(-seconds), Grace)
            : rotation;
    }
}
