using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Silo;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>Finds the silo of a session's activation through the cluster.</summary>
public static class SessionLocations
{
    /// <summary>The devices whose session is activated on a silo.</summary>
    public static async Task<IReadOnlyList<Device>> OnSilo(
        this IEnumerable<Device> devices,
        RunningCluster cluster,
        int siloPort
    )
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration["MONGO_URL"] = cluster.Mongo.ConnectionString;
        builder.Configuration["MONGO_DATABASE"] = cluster.Nodes[0].Database;
        builder.AddClusterClient(Deployment.Read(builder.Configuration));
        using IHost client = builder.Build();
        await client.StartAsync();
        IGrainFactory grains = client.Services.GetRequiredService<IGrainFactory>();
        IManagementGrain management = grains.GetGrain<IManagementGrain>(0);
        List<Device> found = [];
        foreach (Device device in devices)
        {
            string id = await device.SessionId(cluster.Nodes[0]);
            SiloAddress? silo = await management.GetActivationAddress(
                grains.Session(SessionId.Parse(id))
            );
            if (silo?.Endpoint.Port == siloPort)
                found.Add(device);
        }
        await client.StopAsync();
        return found;
    }
}
