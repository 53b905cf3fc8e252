using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Sessions;

/// <summary>What a refresh token is worth at which time.</summary>
public class RotationTests
{
    private const int Newest = 5;
    private const int AMonth = 2_592_000;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    [Theory]
    // The newest generation: repeated within the grace after its rotation, then rotated.
    [InlineData(5, 9, null, RefreshDecision.Repeat)]
    [InlineData(5, 10, null, RefreshDecision.Rotate)]
    // Not superseded: the answers since were lost, however many and however long ago.
    [InlineData(4, AMonth, null, RefreshDecision.Repeat)]
    [InlineData(1, AMonth, null, RefreshDecision.Repeat)]
    [InlineData(1, 1, null, RefreshDecision.Repeat)]
    // Superseded: works for the grace, is refused for two minutes, then counts as reuse.
    [InlineData(4, AMonth, 0, RefreshDecision.Repeat)]
    [InlineData(1, AMonth, 9, RefreshDecision.Repeat)]
    [InlineData(4, AMonth, 10, RefreshDecision.Superseded)]
    [InlineData(1, AMonth, 129, RefreshDecision.Superseded)]
    [InlineData(4, AMonth, 130, RefreshDecision.Reuse)]
    [InlineData(1, AMonth, 130, RefreshDecision.Reuse)]
    // Ahead of storage: a backup was restored.
    [InlineData(6, 1, null, RefreshDecision.RotateFromToken)]
    public void Refresh_token_is_decided_as_in_this_table(
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
    // Refused while the newest generation is young or the token is superseded.
    [InlineData(9, null, RefreshDecision.Superseded)]
    [InlineData(AMonth, 0, RefreshDecision.Superseded)]
    [InlineData(AMonth, 129, RefreshDecision.Superseded)]
    // After that it gets the newest generation, but not the proof.
    [InlineData(10, null, RefreshDecision.RepeatWithoutProof)]
    [InlineData(AMonth, null, RefreshDecision.RepeatWithoutProof)]
    // Reuse is still detected.
    [InlineData(AMonth, 130, RefreshDecision.Reuse)]
    public void Token_from_before_a_step_up_is_decided_as_in_this_table(
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
    public void First_refresh_after_a_sign_in_rotates_at_once() =>
        Assert.Equal(RefreshDecision.Rotate, Rotation.First.Decide(1, Now, Grace));

    [Fact]
    public void Unused_generation_is_not_superseded_by_newer_ones()
    {
        Rotation rotation = Rotation
            .First.Advance(Now)
            .Advance(Now)
            .Presented(3, Now, Grace)
            .Presented(1, Now, Grace);

        Assert.Equal(RefreshDecision.Repeat, rotation.Decide(2, Now + TimeSpan.FromDays(1), Grace));
    }

    [Fact]
    public void Generation_that_is_first_used_late_is_superseded_by_later_uses_of_newer_ones()
    {
        Rotation rotation = Rotation
            .First.Advance(Now)
            .Presented(2, Now, Grace)
            .Presented(1, Now, Grace);
        DateTimeOffset later = Now + TimeSpan.FromHours(1);
        RefreshDecision before = rotation.Decide(1, later, Grace);

        RefreshDecision after = rotation.Presented(2, later, Grace).Decide(1, later + Grace, Grace);

        Assert.Equal((RefreshDecision.Repeat, RefreshDecision.Superseded), (before, after));
    }

    [Fact]
    public void Late_use_leaves_newer_generations_unchanged()
    {
        Rotation rotation = Rotation
            .First.Advance(Now)
            .Advance(Now)
            .Presented(3, Now, Grace)
            .Presented(2, Now, Grace);

        Assert.Equal([new Delivery(2), new Delivery(3)], rotation.Deliveries.Remembered);
    }

    [Fact]
    public void Token_of_the_first_generation_after_a_step_up_is_not_from_before_it()
    {
        Rotation rotation = Rotation
            .First.AdvanceAndRetire(Now)
            .Advance(Now)
            .Presented(2, Now, Grace)
            .Presented(3, Now, Grace);

        Assert.Equal(RefreshDecision.Repeat, rotation.Decide(2, Now, Grace));
    }

    [Fact]
    public void Repeated_use_changes_nothing_and_allocates_nothing()
    {
        Rotation rotation = Rotation.First.Advance(Now).Presented(1, Now, Grace);
        rotation = rotation.Presented(2, Now, Grace);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rotation again = rotation;
        for (int i = 0; i < 1000; i++)
            again = again.Presented(2, Now, Grace).Presented(1, Now, Grace);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(rotation, again);
    }

    [Fact]
    public void Session_that_refreshes_for_months_remembers_two_generations()
    {
        Rotation rotation = Rotation.First;
        DateTimeOffset time = Now;
        for (int i = 0; i < 10_000; i++)
        {
            time += TimeSpan.FromMinutes(15);
            rotation = rotation.Presented(rotation.Generation, time, Grace).Advance(time);
        }

        Assert.InRange(rotation.Deliveries.Remembered.Count, 1, 2);
        Assert.Equal(RefreshDecision.Reuse, rotation.Decide(9000, time, Grace));
    }

    [Fact]
    public void At_most_sixteen_generations_are_remembered_and_older_ones_count_as_reuse()
    {
        Rotation rotation = Rotation.First;
        // Every second one is never used, so that none below it is forgotten by age.
        for (int i = 0; i < 40; i++)
            rotation = rotation
                .Presented(rotation.Generation, Now, Grace)
                .Advance(Now)
                .Advance(Now);

        Assert.Equal(Deliveries.MostRemembered, rotation.Deliveries.Remembered.Count);
        Assert.Equal(RefreshDecision.Reuse, rotation.Decide(2, Now, Grace));
        Assert.Equal(RefreshDecision.Repeat, rotation.Decide(79, Now, Grace));
    }

    // When the newest generation was first used, after the presented one.
    private static Rotation Of(int rotatedSecondsAgo, long presented, int? supersededSecondsAgo)
    {
        Rotation rotation = Rotation.First with
        {
            Generation = Newest,
            RotatedAt = Now.AddSeconds(-rotatedSecondsAgo),
        };
        rotation = rotation.Presented(presented, rotation.RotatedAt.Value, Grace);
        return supersededSecondsAgo is { } seconds
            ? rotation.Presented(Newest, Now.AddSeconds(-seconds), Grace)
            : rotation;
    }
}
