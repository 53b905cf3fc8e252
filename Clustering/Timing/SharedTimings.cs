using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Providers.Membership;

namespace SessionAuth.Clustering.Timing;

/// <summary>
/// Stores the timings that all silos must agree on with the cluster's membership, and refuses to join a cluster that
/// uses others.
/// </summary>
/// <remarks>
/// A silo waits for another's fence by its own <see cref="ClusterTimings.Fence"/>, and until the other no longer relies
/// on its peers by its own <see cref="ClusterTimings.OutageLimit"/>: if the other's were longer, it would not wait long
/// enough. The remaining timings may differ from silo to silo.
/// </remarks>
internal sealed partial class SharedTimings(
    IOptions<ClusterTimings> timings,
    IOptions<ClusterOptions> cluster,
    TimeProvider clock,
    ILogger<SharedTimings> logger
)
{
    private const string Fence = "FENCE";
    private const string OutageLimit = "OUTAGE_LIMIT";

    private readonly Dictionary<string, string> _own = new()
    {
        [Fence] = Text(timings.Value.Fence),
        [OutageLimit] = Text(timings.Value.OutageLimit),
    };

    /// <summary>
    /// Completes when the cluster has this silo's timings: it had them, had none, or had no silo left.
    /// </summary>
    /// <param name="table">The membership table; one without shared settings is assumed to agree.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="OrleansConfigurationException">The silos of the cluster use other timings.</exception>
    public async Task Agree(IMembershipTable table, CancellationToken cancellationToken)
    {
        if (table is not ISharedSettings shared)
            return;

        while (true)
        {
            SharedSettings read = await shared.ReadOrStore(_own, cancellationToken);
            string[] differing =
            [
                .. _own.Where(own => read.Values.GetValueOrDefault(own.Key) != own.Value)
                    .Select(own =>
                        $"{own.Key} is {own.Value} here and {read.Values.GetValueOrDefault(own.Key, "not set")}"
                    ),
            ];
            if (differing.Length == 0)
                return;
            if (read.IsInUse)
            {
                throw new OrleansConfigurationException(
                    $"{string.Join(", ", differing)} in the cluster {cluster.Value.ClusterId}: its silos must all have "
                        + "the same. Start this one with the cluster's value, or stop all of them before the first is "
                        + "started with another."
                );
            }

            // A silo that was declared dead may still use the previous, longer fence, and this silo would wait for its
            // own.
            TimeSpan wait = Longest(read) + ClusterTimings.Margin;
            LogChanges(string.Join(", ", differing), wait.TotalSeconds);
            await Task.Delay(wait, clock, cancellationToken);
            if (await shared.Replace(_own, read, cancellationToken))
                return;
        }
    }

    private TimeSpan Longest(SharedSettings read) =>
        TimeSpan.TryParse(
            read.Values.GetValueOrDefault(Fence),
            CultureInfo.InvariantCulture,
            out TimeSpan fence
        )
        && fence > timings.Value.Fence
            ? fence
            : timings.Value.Fence;

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

    [LoggerMessage(
        1,
        LogLevel.Information,
        "The cluster has no silo left, so its timings are replaced in {Seconds:F0} s: {Changes} before"
    )]
    private partial void LogChanges(string changes, double seconds);
}
