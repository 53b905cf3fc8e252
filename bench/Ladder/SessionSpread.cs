using SessionAuth.Bench.Clusters;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Bench.Ladder;

/// <summary>How many sessions each silo of a cluster has.</summary>
internal static class SessionSpread
{
    public static async Task<IEnumerable<int>> Of(BenchCluster cluster, Person[] people)
    {
        using IHost client = await cluster.Connect();
        IGrainFactory grains = client.Services.GetRequiredService<IGrainFactory>();
        IManagementGrain management = grains.GetGrain<IManagementGrain>(0);
        SiloAddress?[] silos = await Task.WhenAll(
            people.Select(async person =>
                await management.GetActivationAddress(
                    grains.Session(SessionId.Parse(await person.Session()))
                )
            )
        );
        return silos.CountBy(silo => $"{silo}").Select(pair => pair.Value).Order();
    }
}
