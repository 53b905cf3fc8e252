using System.Diagnostics;
using SessionAuth.Bench.Clusters;
using SessionAuth.Checks;
using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Bench.Growth.Costs;

/// <summary>Measures the processor time of each kind of message, by the median of several rounds.</summary>
internal sealed class MessageMeasurement(MeasuredCluster cluster)
{
    private const int Rounds = 5;
    private const int WarmUpRounds = 3;
    private const int Calls = 200;
    private const int UsesEach = 100;
    private const int ManyHolders = 900;
    private const int ManySilos = 100;

    // A silo that has no more than this part of the work of another only answers its own timers.
    private const double Bystander = 0.25;

    // A holder is forgotten when its lease has passed.
    private static readonly TimeSpan s_remembered = TimeSpan.FromSeconds(2);

    public async Task<MessageCosts> Measure()
    {
        List<MessageCosts> rounds = [];
        for (int round = -WarmUpRounds; round < Rounds; round++)
        {
            MessageCosts costs = await Round();
            if (round >= 0)
                rounds.Add(costs);
        }
        return MessageCosts.Median(rounds);
    }

    private async Task<MessageCosts> Round()
    {
        double idle = await cluster.MeasureIdle();
        (MessageCost renewal, double forwarding) = await Renewals();
        MessageCost question = await Questions();
        double report = await BetweenSilos(known: 0);
        return new(
            renewal,
            forwarding,
            await KnownHolder(),
            await Use(),
            question with
            {
                Silos = question.Silos - forwarding * 2 / 3,
            },
            await Recall(),
            report,
            (await BetweenSilos(ManySilos) - report) / ManySilos,
            idle
        );
    }

    // Over some of the connections directly, and over others by way of another silo.
    private async Task<(MessageCost Direct, double Forwarding)> Renewals()
    {
        List<double> direct = [];
        List<double> forwarded = [];
        List<double> holder = [];
        foreach (MeasuredFrontEnd frontEnd in cluster.FrontEnds)
        {
            foreach (HeldSilo silo in frontEnd.Silos)
            {
                (double[] silos, double own) = await cluster.Spent(
                    Calls,
                    () => frontEnd.Renew(silo, Calls, [])
                );
                double[] busiest = [.. silos.OrderDescending()];
                (busiest[1] < busiest[0] * Bystander ? direct : forwarded).Add(silos.Sum());
                holder.Add(own);
            }
        }
        return (
            new(direct.Median(), holder.Median()),
            direct is [] || forwarded is [] ? double.NaN : forwarded.Median() - direct.Median()
        );
    }

    private async Task<double> KnownHolder()
    {
        MeasuredFrontEnd frontEnd = cluster.FrontEnds[0];
        HeldSilo silo = frontEnd.Silos.First();
        HolderId[] holders =
        [
            .. Enumerable.Range(0, ManyHolders).Select(_ => new HolderId(Guid.NewGuid())),
        ];
        while (true)
        {
            (double[] few, _) = await cluster.Spent(Calls, () => frontEnd.Renew(silo, Calls, []));
            long began = Stopwatch.GetTimestamp();
            await frontEnd.AddHolders(silo, holders);
            (double[] many, _) = await cluster.Spent(Calls, () => frontEnd.Renew(silo, Calls, []));
            if (Stopwatch.GetElapsedTime(began) < s_remembered)
                return (many.Sum() - few.Sum()) / ManyHolders;
        }
    }

    private async Task<MessageCost> Use()
    {
        const int renewals = Calls / 2;
        MeasuredFrontEnd frontEnd = cluster.FrontEnds[0];
        HeldSilo silo = frontEnd.Silos.First();
        SessionUse[] uses =
        [
            .. Enumerable
                .Repeat(cluster.SessionsBySilo[silo.Id], UsesEach)
                .SelectMany(sessions => sessions)
                .Take(UsesEach)
                .Select(session => new SessionUse(session.Id, TimeSpan.FromSeconds(1))),
        ];
        MessageCost without = Total(
            await cluster.Spent(renewals, () => frontEnd.Renew(silo, renewals, []))
        );
        MessageCost with = Total(
            await cluster.Spent(renewals, () => frontEnd.Renew(silo, renewals, uses))
        );
        return (with - without) / UsesEach;
    }

    private async Task<MessageCost> Questions()
    {
        MeasuredSession[] sessions = [.. cluster.SessionsBySilo.SelectMany(bySilo => bySilo)];
        return Total(
            await cluster.Spent(
                sessions.Length * cluster.FrontEnds.Count,
                async () =>
                {
                    foreach (MeasuredFrontEnd frontEnd in cluster.FrontEnds)
                    {
                        foreach (HeldSilo silo in frontEnd.Silos)
                            await frontEnd.Renew(silo, times: 1, []);
                        await frontEnd.Ask(sessions);
                    }
                }
            )
        );
    }

    private async Task<MessageCost> Recall() =>
        Total(
            await cluster.Spent(
                Calls * cluster.GrainOnEachSilo.Count,
                async () =>
                {
                    foreach (IMessageGrain silo in cluster.GrainOnEachSilo)
                        await cluster.FrontEnds[0].RecallFrom(silo, Calls);
                }
            )
        );

    private async Task<double> BetweenSilos(int known) =>
        Total(
            await cluster.Spent(
                Calls,
                () => cluster.GrainOnEachSilo[0].Ask(cluster.GrainOnEachSilo[1], known, Calls)
            )
        ).Silos;

    private static MessageCost Total((double[] Silos, double Holder) spent) =>
        new(spent.Silos.Sum(), spent.Holder);
}
