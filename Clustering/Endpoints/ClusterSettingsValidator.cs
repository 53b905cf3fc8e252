using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace SessionAuth.Clustering.Endpoints;

/// <summary>Refuses settings that cannot work and endpoints that would expose a silo.</summary>
public sealed partial class ClusterSettingsValidator : IValidateOptions<ClusterSettings>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ClusterSettings options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (!ClusterName().IsMatch(options.ClusterId))
            problems.AddError("CLUSTER_ID must have 1 to 100 letters, digits, . - and _.");
        if (!ClusterName().IsMatch(options.ServiceId))
            problems.AddError("SERVICE_ID must have 1 to 100 letters, digits, . - and _.");
        foreach (string problem in PortProblems(options).Concat(NetworkProblems(options)))
            problems.AddError(problem);
        return problems.Build();
    }

    // Silo ports have no authentication, so they may listen only on loopback or on a private network.
    private static IEnumerable<string> NetworkProblems(ClusterSettings options)
    {
        string? address = options.AdvertisedAddress;
        switch (options.Network)
        {
            case ClusterNetwork.Loopback
                when !string.IsNullOrEmpty(address) && !IsLoopback(address):
                yield return "ADVERTISED_ADDRESS is not on loopback: that requires CLUSTER_NETWORK=private and a network that only the cluster can reach.";
                break;
            case ClusterNetwork.Private when string.IsNullOrEmpty(address):
                yield return "CLUSTER_NETWORK=private requires ADVERTISED_ADDRESS: the IP address or host name at which other silos reach this one.";
                break;
        }
    }

    private static bool IsLoopback(string address) =>
        address == "localhost"
        || (IPAddress.TryParse(address, out IPAddress? ip) && IPAddress.IsLoopback(ip));

    private static IEnumerable<string> PortProblems(ClusterSettings options)
    {
        if (options.SiloPortInUse is < 1 or > 65535)
            yield return "SILO_PORT must be between 1 and 65535; its default is PORT + 10000.";
        if (options.GatewayPortInUse is < 1 or > 65535)
            yield return "GATEWAY_PORT must be between 1 and 65535; its default is PORT + 20000.";
        if (options.SiloPortInUse == options.GatewayPortInUse)
            yield return "SILO_PORT and GATEWAY_PORT must differ.";
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,100}$")]
    private static partial Regex ClusterName();
}
