using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace SessionAuth.Silo;

/// <summary>Refuses what a cluster cannot, or must not, run with.</summary>
/// <param name="isCluster">Whether the node belongs to one.</param>
internal sealed partial class ClusterSettingsValidator(bool isCluster)
    : IValidateOptions<ClusterSettings>
{
    public ValidateOptionsResult Validate(string? name, ClusterSettings options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (options.Role is not ("node" or "silo" or "client"))
            problems.AddError("ORLEANS_ROLE must be node, silo or client.");
        else if (!isCluster && options.Role != "node")
            problems.AddError(
                $"ORLEANS_ROLE={options.Role} needs {StorageProviders.ClusterSettings}."
            );
        if (!isCluster)
            return problems.Build();

        if (!ClusterName().IsMatch(options.ClusterId))
            problems.AddError("CLUSTER_ID must have 1 to 100 letters, digits, . - and _.");
        if (!ClusterName().IsMatch(options.ServiceId))
            problems.AddError("SERVICE_ID must have 1 to 100 letters, digits, . - and _.");
        foreach (string problem in PortProblems(options).Concat(NetworkProblems(options)))
            problems.AddError(problem);
        return problems.Build();
    }

    // The ports of silos ask for no password, so they are open to loopback or to a closed network only.
    private static IEnumerable<string> NetworkProblems(ClusterSettings options)
    {
        if (options.Network is not ("loopback" or "private"))
        {
            yield return "CLUSTER_NETWORK must be loopback, or private where nobody else reaches the cluster's network.";
        }
        else if (
            options is { Network: "loopback", AdvertisedAddress: { Length: > 0 } address }
            && !(IPAddress.TryParse(address, out IPAddress? ip) && IPAddress.IsLoopback(ip))
            && address != "localhost"
        )
        {
            yield return "ADVERTISED_ADDRESS leaves this machine: that needs CLUSTER_NETWORK=private, and a network that nobody else reaches.";
        }
        else if (options.Network == "private" && string.IsNullOrEmpty(options.AdvertisedAddress))
        {
            yield return "CLUSTER_NETWORK=private needs ADVERTISED_ADDRESS: where the other silos reach this one.";
        }
    }

    private static IEnumerable<string> PortProblems(ClusterSettings options)
    {
        if (options.SiloPortInUse is < 1 or > 65535)
            yield return "SILO_PORT must be between 1 and 65535; without it, it is PORT and 10000.";
        if (options.GatewayPortInUse is < 1 or > 65535)
            yield return "GATEWAY_PORT must be between 1 and 65535; without it, it is PORT and 20000.";
        if (options.SiloPortInUse == options.GatewayPortInUse)
            yield return "SILO_PORT and GATEWAY_PORT must differ.";
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,100}$")]
    private static partial Regex ClusterName();
}
