using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SessionAuth.Providers.Membership;

namespace SessionAuth.Clustering.Timing;

/// <summary>
/// Keeps the timings that silos rely on of one another in the cluster's document, and refuses to join a cluster that
/// has others.
/// </summary>
/// <remarks>
/// A silo waits for another's fence by its own <see cref="ClusterTimings.Fence"/>, and for the end of its trust in the
/// others' word by its own <see cref="ClusterTimings.OutageLimit"/>: where the other's are longer, it does not wait long
/// enough. The other timings each silo uses on its own account.
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

    /// <summary>Returns when the cluster has this silo's timings: it had them, had none, or had no silo any more.</summary>
    /// <param name="table">The cluster's membership table; one that keeps no settings is trusted to have one's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OrleansConfigurationException">The silos of the cluster have others.</exception>
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

            // One that was declared dead may have the longer fence of before, and this silo would wait for its own.
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
        "The cluster has no silo any more and gets new timings in {Seconds:F0} s: {Changes} before"
    )]
    private partial void LogChanges(string changes, double seconds);
}
