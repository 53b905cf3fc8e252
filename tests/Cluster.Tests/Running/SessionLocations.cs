namespace SessionAuth.Cluster.Tests.Running;

/// <summary>Finds the silo of a session's activation through the cluster.</summary>
public static class SessionLocations
{
    /// <summary>The devices whose session is activated on the silo of a node.</summary>
    public static async Task<IReadOnlyList<Device>> OnSilo(
        this IEnumerable<Device> devices,
        RunningCluster cluster,
        ClusterNode node
    )
    {
        await using ActivationControl activations = await ActivationControl.Connect(cluster);
        List<Device> found = [];
        foreach (Device device in devices)
        {
            string id = await device.SessionId(cluster.Nodes[0]);
            if ((await activations.SiloOf(id))?.Endpoint.ToString() == node.SiloEndpoint)
                found.Add(device);
        }
        return found;
    }
}
