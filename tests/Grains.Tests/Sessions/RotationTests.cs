using SessionAuth.Grains.Sessions;

namespace SessionAuth.Grains.Tests.Sessions;

public class RotationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    [Theory]
    // The newest generation: repeated within the grace of its rotation, rotated after.
    [InlineData(5, 9, null, RefreshDecision.Repeat)]
    [InlineData(5, 10, null, RefreshDecision.Rotate)]
    [InlineData(5, 9, 1, RefreshDecision.Repeat)]
    // The one before: good while its successor may have been lost, however long ago.
    [InlineData(4, 86_400, null, RefreshDecision.Repeat)]
    [InlineData(4, 86_400, 9, RefreshDecision.Repeat)]
    [InlineData(4, 86_400, 10, RefreshDecision.Reuse)]
    // Anything older is a copy.
    [InlineData(3, 1, null, RefreshDecision.Reuse)]
    [InlineData(0, 86_400, null, RefreshDecision.Reuse)]
    // Ahead of storage: a backup was restored.
    [InlineData(6, 1, null, RefreshDecision.RotateFromToken)]
    public void A_refresh_token_is_worth_what_the_table_says(
        long presented,
        int rotatedSecondsAgo,
        int? confirmedSecondsAgo,
        RefreshDecision expected
    )
    {
        Rotation rotation = new(
            Generation: 5,
            RotatedAt: Now.AddSeconds(-rotatedSecondsAgo),
            ConfirmedAt: confirmedSecondsAgo is { } seconds ? Now.AddSeconds(-seconds) : null
        );

        Assert.Equal(expected, rotation.Decide(presented, Now, Grace));
    }

    [Fact]
    public void The_first_refresh_after_a_sign_in_rotates_at_once()
    {
        Rotation signIn = new(Generation: 1, RotatedAt: null, ConfirmedAt: null);

        Assert.Equal(RefreshDecision.Rotate, signIn.Decide(1, Now, Grace));
    }
}
