using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Silo;

/// <summary>Refuses what a cluster cannot, or must not, run with.</summary>
internal sealed partial class ClusterSettingsValidator : IValidateOptions<ClusterSettings>
{
    public ValidateOptionsResult Validate(string? name, ClusterSettings options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (options.Role is not ("node" or "silo" or "client"))
            problems.AddError("ORLEANS_ROLE must be node, silo or client.");
        else if (options is { IsCluster: false, Role: not "node" })
            problems.AddError($"ORLEANS_ROLE={options.Role} needs MONGO_URL.");
        if (!options.IsCluster)
            return problems.Build();

        if (!IsMongoUrl(options.MongoUrl!))
            problems.AddError(
                "MONGO_URL must be a connection string: mongodb://… or mongodb+srv://…."
            );
        if (!DatabaseName().IsMatch(options.MongoDatabase))
            problems.AddError("MONGO_DATABASE must have 1 to 63 letters, digits, - and _.");
        if (!ClusterName().IsMatch(options.ClusterId))
            problems.AddError("CLUSTER_ID must have 1 to 100 letters, digits, . - and _.");
        if (!ClusterName().IsMatch(options.ServiceId))
            problems.AddError("SERVICE_ID must have 1 to 100 letters, digits, . - and _.");
        foreach (
            string problem in PortProblems(options)
                .Concat(NetworkProblems(options))
                .Concat(DatabaseProblems(options))
        )
            problems.AddError(problem);
        return problems.Build();
    }

    // (SECURITY: the ports of silos know no passwords, so that they are open to loopback or to a closed network.)
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

    // (SECURITY: who reads the connection reads hashes and device lists; who writes the table controls the cluster.)
    private static IEnumerable<string> DatabaseProblems(ClusterSettings options)
    {
        if (options.MongoNetwork is not ("public" or "private"))
            yield return "MONGO_NETWORK must be public, or private where nobody else reaches the database's network.";
        if (
            options.MongoNetwork == "private"
            || MongoConnection.Of(options.MongoUrl!) is not { StaysOnThisMachine: false } connection
        )
            yield break;

        if (!connection.HasVerifiedTls)
            yield return "MONGO_URL leaves this machine without TLS, or without a look at certificates: add tls=true, or set MONGO_NETWORK=private where nobody else reaches the database's network.";
        if (!connection.HasUser)
            yield return "MONGO_URL leaves this machine and names no user: give the nodes a user of their own, or set MONGO_NETWORK=private where nobody else reaches the database's network.";
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

    private static bool IsMongoUrl(string url) =>
        url.StartsWith("mongodb://", StringComparison.Ordinal)
        || url.StartsWith("mongodb+srv://", StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,63}$")]
    private static partial Regex DatabaseName();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,100}$")]
    private static partial Regex ClusterName();
}
