using System.Globalization;
using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Tests;

/// <summary>Relations between the timings on which the promise rests.</summary>
public sealed class TimingTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.True(Validate(new()).Succeeded);

    [Fact]
    public void Takeover_waits_for_the_fence_and_the_margin()
    {
        ClusterTimings timings = new();

        Assert.Equal(
            timings.Fence + ClusterTimings.Margin,
            timings.Hold - timings.FailureDetection
        );
        Assert.True(ClusterTimings.Margin > TimeSpan.Zero);
        Assert.True(timings.ResponseTimeout > timings.FailureDetection + timings.Hold);
    }

    [Fact]
    public void Dead_silo_is_detected_and_taken_over_within_fifteen_seconds()
    {
        ClusterTimings timings = new();

        Assert.True(
            timings.FailureDetection + timings.ProbeTimeout + timings.Fence + ClusterTimings.Margin
                < TimeSpan.FromSeconds(15)
        );
    }

    [Theory]
    [InlineData("FENCE", "00:00:00.5", null, null, null)]
    [InlineData("FENCE", "00:02:00", null, null, null)]
    [InlineData("PROBE_TIMEOUT", null, "00:00:00.1", null, null)]
    [InlineData("PROBE_TIMEOUT", null, "00:02:00", null, null)]
    [InlineData("MISSED_PROBES", null, null, 0, null)]
    [InlineData("MISSED_PROBES", null, null, 21, null)]
    [InlineData("OUTAGE_LIMIT", null, null, null, "00:00:01")]
    [InlineData("OUTAGE_LIMIT", null, null, null, "02:00:00")]
    [InlineData("MISSED_PROBES must be at least FENCE", "00:00:06", null, null, null)]
    public void Invalid_timings_stop_the_start(
        string problem,
        string? fence,
        string? probe,
        int? missed,
        string? outage
    )
    {
        ClusterTimings timings = new();
        timings.Fence = Time(fence) ?? timings.Fence;
        timings.ProbeTimeout = Time(probe) ?? timings.ProbeTimeout;
        timings.MissedProbes = missed ?? timings.MissedProbes;
        timings.OutageLimit = Time(outage) ?? timings.OutageLimit;

        Assert.Contains(problem, Validate(timings).FailureMessage, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Validate(ClusterTimings timings) =>
        new ClusterTimingsValidator().Validate(null, timings);

    private static TimeSpan? Time(string? text) =>
        text is null ? null : TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
