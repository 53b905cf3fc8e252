using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB;

/// <summary>Refuses settings that cannot work and connections that others could read or use.</summary>
internal sealed partial class MongoDBSettingsValidator : IValidateOptions<MongoDBSettings>
{
    public ValidateOptionsResult Validate(string? name, MongoDBSettings options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (!IsConnectionString(options.MongoUrl))
            problems.AddError(
                "MONGO_URL must be a connection string: mongodb://… or mongodb+srv://…."
            );
        if (!DatabaseName().IsMatch(options.MongoDatabase))
            problems.AddError("MONGO_DATABASE must have 1 to 63 letters, digits, - and _.");
        foreach (string problem in NetworkProblems(options))
            problems.AddError(problem);
        return problems.Build();
    }

    // An eavesdropper could read password hashes and device lists; write access to the membership table means control
    // of the cluster.
    private static IEnumerable<string> NetworkProblems(MongoDBSettings options)
    {
        if (
            options.MongoNetwork == MongoNetwork.Private
            || MongoConnection.Of(options.MongoUrl!) is not { StaysOnThisMachine: false } connection
        )
            yield break;

        if (!connection.HasVerifiedTls)
            yield return "MONGO_URL names another machine without TLS or without verifying certificates: add tls=true, or set MONGO_NETWORK=private if only the cluster can reach the database's network.";
        if (!connection.HasUser)
            yield return "MONGO_URL names another machine and names no user: give the nodes a user of their own, or set MONGO_NETWORK=private if only the cluster can reach the database's network.";
    }

    private static bool IsConnectionString(string? url) =>
        url is not null
        && (
            url.StartsWith("mongodb://", StringComparison.Ordinal)
            || url.StartsWith("mongodb+srv://", StringComparison.Ordinal)
        );

    [GeneratedRegex("^[A-Za-z0-9_-]{1,63}$")]
    private static partial Regex DatabaseName();
}
