using SessionAuth.Bench.Clusters;

namespace SessionAuth.Bench.Growth.Costs;

/// <summary>What each kind of message costs, measured on this machine.</summary>
/// <param name="Renewal">A renewal of a lease that is sent to its silo directly.</param>
/// <param name="Forwarding">What a silo adds that forwards a call of a front end to another.</param>
/// <param name="KnownHolder">What each holder that a silo knows adds to every renewal.</param>
/// <param name="Use">A use of a session that a renewal reports.</param>
/// <param name="Question">A check that asks the session's grain, without forwarding.</param>
/// <param name="Recall">A recall of one session.</param>
/// <param name="BetweenSilos">A call from silo to silo.</param>
/// <param name="KnownSilo">What each silo adds that such an answer names.</param>
/// <param name="IdleSilo">What a silo of three uses for itself in a second.</param>
internal sealed record MessageCosts(
    MessageCost Renewal,
    double Forwarding,
    double KnownHolder,
    MessageCost Use,
    MessageCost Question,
    MessageCost Recall,
    double BetweenSilos,
    double KnownSilo,
    double IdleSilo
)
{
    /// <summary>The argument with which this program is a node of the cluster that is measured.</summary>
    public const string NodeProgram = "growth-node";

    public static async Task<MessageCosts> Measure()
    {
        await using MeasuredCluster cluster = await MeasuredCluster.Start();
        return await new MessageMeasurement(cluster).Measure();
    }

    /// <summary>The median of each.</summary>
    public static MessageCosts Median(IReadOnlyList<MessageCosts> rounds)
    {
        return new(
            Both(costs => costs.Renewal),
            One(costs => costs.Forwarding),
            One(costs => costs.KnownHolder),
            Both(costs => costs.Use),
            Both(costs => costs.Question),
            Both(costs => costs.Recall),
            One(costs => costs.BetweenSilos),
            One(costs => costs.KnownSilo),
            One(costs => costs.IdleSilo)
        );

        double One(Func<MessageCosts, double> part) => rounds.Select(part).Median();

        MessageCost Both(Func<MessageCosts, MessageCost> part) =>
            new(One(costs => part(costs).Silos), One(costs => part(costs).Holder));
    }

    public override string ToString() =>
        $"""
            | call with its answer, one at a time | silos | front end |
            |---|---|---|
            | renewal of a lease | {Renewal.Silos:N0} µs | {Renewal.Holder:N0} µs |
            | a silo between, which forwards a call | {Forwarding:N0} µs | |
            | each other holder that the silo knows, for each renewal | {KnownHolder:N3} µs | |
            | use of a session, reported with a renewal | {Use.Silos:N1} µs | {Use.Holder:N1} µs |
            | check that asks the session's grain | {Question.Silos:N0} µs | {Question.Holder:N0} µs |
            | recall of a session | {Recall.Silos:N0} µs | {Recall.Holder:N0} µs |
            | call between two silos | {BetweenSilos:N0} µs | |
            | each silo that its answer names | {KnownSilo:N2} µs | |
            | a silo of three that does nothing, each second | {IdleSilo:N0} µs | |
            """;
}
