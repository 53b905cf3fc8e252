using System.Security.Authentication;
using MongoDB.Driver;
using MongoDB.Driver.Core.Servers;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>Errors where trying again cannot help before an operator has changed something.</summary>
internal static class MongoRefusal
{
    /// <summary>What an operator has to know, without secrets; null where trying again can help.</summary>
    public static string? Of(Exception error, IMongoClient client) =>
        Chain(error)
            .Concat(
                // An operation only learns that there was no server in time; the heartbeats know why.
                client
                    .Cluster.Description.Servers.Where(server =>
                        server.State == ServerState.Disconnected
                    )
                    .SelectMany(server => Chain(server.HeartbeatException))
            )
            .Select(cause => Sentence(cause, client.Settings.Credential is not null))
            .FirstOrDefault(sentence => sentence is not null);

    private static string? Sentence(Exception cause, bool hasUser) =>
        cause switch
        {
            MongoAuthenticationException when !MongoFailure.IsTransient(cause) =>
                "The database refuses the user or the password of MONGO_URL, or knows the user in another authSource.",
            MongoCommandException { Code: MongoFailure.Unauthorized } => hasUser
                ? "The database forbids it to the user of MONGO_URL, who needs readWrite on MONGO_DATABASE."
                : "The database wants a user and a password, and MONGO_URL has none.",
            AuthenticationException =>
                $"There is no TLS with the database: {cause.Message.TrimEnd('.')}. "
                    + "An authority of one's own is trusted when SSL_CERT_FILE names its certificate.",
            _ => null,
        };

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
            yield return e;
    }
}
