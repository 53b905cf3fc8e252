using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>How long a silo may answer.</summary>
public sealed class FenceTests
{
    private static readonly ClusterTimings s_timings = new();
    private static readonly TimeSpan s_instant = TimeSpan.FromMilliseconds(1);

    private readonly SplitClock _clock = new();
    private readonly Fence _fence;

    public FenceTests() => _fence = new(Options.Create(s_timings), _clock);

    [Fact]
    public void Silo_is_not_confirmed_before_its_first_read() => Assert.False(_fence.IsConfirmed);

    [Fact]
    public void Silo_is_confirmed_for_the_length_of_the_fence_and_no_longer()
    {
        _fence.Confirm(_fence.Now());

        _clock.Pass(s_timings.Fence - s_instant);
        Assert.True(_fence.IsConfirmed);
        _clock.Pass(s_instant);
        Assert.False(_fence.IsConfirmed);
    }

    [Fact]
    public void Suspended_machine_is_not_confirmed_although_its_monotonic_clock_stood_still()
    {
        _fence.Confirm(_fence.Now());

        _clock.MoveWall(s_timings.Fence);

        Assert.False(_fence.IsConfirmed);
    }

    [Fact]
    public void Setting_the_wall_clock_back_confirms_nothing()
    {
        _fence.Confirm(_fence.Now());

        _clock.MoveMonotonic(s_timings.Fence);
        _clock.MoveWall(TimeSpan.FromDays(-1));

        Assert.False(_fence.IsConfirmed);
    }

    [Fact]
    public void Older_confirmation_neither_shortens_nor_extends_a_newer_one()
    {
        ClockReading old = _fence.Now();
        _clock.Pass(s_timings.Fence / 2);
        _fence.Confirm(_fence.Now());
        _clock.Pass(s_timings.Fence / 2);

        _fence.Confirm(old);
        Assert.True(_fence.IsConfirmed);
        _clock.Pass(s_timings.Fence / 2);
        _fence.Confirm(old);
        Assert.False(_fence.IsConfirmed);
    }

    [Fact]
    public async Task Closed_fence_never_opens_again()
    {
        _fence.Confirm(_fence.Now());

        _fence.Close();
        _fence.Confirm(_fence.Now());

        Assert.False(_fence.IsConfirmed);
        await Assert.ThrowsAsync<SiloNotConfirmedException>(async () => await _fence.Require());
    }

    [Fact]
    public async Task Requiring_confirmation_starts_a_read_at_once_and_waits_for_its_result()
    {
        int requests = 0;
        _fence.ConfirmationNeeded += () => requests++;

        Task required = _fence.Require().AsTask();
        Assert.False(required.IsCompleted);
        Assert.Equal(1, requests);
        _fence.Confirm(_fence.Now());

        await required;
    }
}
