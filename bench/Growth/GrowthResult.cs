using SessionAuth.Bench.Growth.Costs;
using SessionAuth.Bench.Growth.Simulation;

namespace SessionAuth.Bench.Growth;

/// <summary>What was simulated of a cluster.</summary>
/// <param name="Size">The cluster.</param>
/// <param name="Counts">The calls in the time that was counted.</param>
/// <param name="Time">That time.</param>
/// <param name="Recalls">How long recalls took.</param>
/// <param name="RecallsBesideStopped">
/// How long those took of sessions that a front end had copies of which had just been stopped.
/// </param>
internal sealed record GrowthResult(
    ClusterSize Size,
    MessageCounts Counts,
    TimeSpan Time,
    TimeSpan[] Recalls,
    TimeSpan[] RecallsBesideStopped
)
{
    // Orleans'.
    private static readonly int s_probedSilos =
        new Orleans.Configuration.ClusterMembershipOptions().NumProbedSilos;

    public double Renewals => PerSecond(Counts.Renewals);

    public double Uses => PerSecond(Counts.Uses);

    public double Questions => PerSecond(Counts.Questions);

    public double Recalled => PerSecond(Counts.Recalls);

    public double Refreshes => PerSecond(Counts.Refreshes);

    /// <summary>Probes of silos by others.</summary>
    public double Probes => Size.Silos * (double)Math.Min(s_probedSilos, Size.Silos - 1);

    /// <summary>The rows of the membership table that the silos read: each reads all of them every second.</summary>
    public double RowsRead => (double)Size.Silos * Size.Silos;

    /// <summary>The reports for which silos ask each other while the database does not answer.</summary>
    public double Reports => Size.Silos * (Size.Silos - 1.0);

    /// <summary>Messages, requests and answers, from one process to another.</summary>
    public double Messages =>
        (Renewals + Questions + Refreshes) * (2 + Size.Forwarded) + (Recalled + Probes) * 2;

    /// <summary>The processor time of the silos for renewals, in cores.</summary>
    public double CoresForRenewals(MessageCosts costs) =>
        Renewals
        * (
            costs.Renewal.Silos
            + Size.Forwarded * costs.Forwarding
            + (Size.Holders - 1) * costs.KnownHolder
        )
        / 1e6;

    /// <summary>The processor time of the silos for all that goes by leases, in cores.</summary>
    public double CoresOfSilos(MessageCosts costs) =>
        CoresForRenewals(costs)
        + (
            Uses * costs.Use.Silos
            + Questions * (costs.Question.Silos + Size.Forwarded * costs.Forwarding)
            + Recalled * costs.Recall.Silos
            + Probes * costs.BetweenSilos
        ) / 1e6;

    /// <summary>The processor time of the front ends for the same, in cores.</summary>
    public double CoresOfHolders(MessageCosts costs) =>
        (
            Renewals * costs.Renewal.Holder
            + Uses * costs.Use.Holder
            + Questions * costs.Question.Holder
            + Recalled * costs.Recall.Holder
        ) / 1e6;

    /// <summary>The processor time of the silos for reports while the database does not answer, in cores.</summary>
    public double CoresForReports(MessageCosts costs) =>
        Reports * (costs.BetweenSilos + Size.Silos * costs.KnownSilo) / 1e6;

    private double PerSecond(long count) => count / Time.TotalSeconds;
}
