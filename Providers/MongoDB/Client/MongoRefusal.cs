using System.Security.Authentication;
using MongoDB.Driver;
using MongoDB.Driver.Core.Servers;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>Errors that persist until an operator changes the configuration.</summary>
internal static class MongoRefusal
{
    /// <summary>A message for the operator, without secrets; null when a retry may help.</summary>
    public static string? Of(Exception error, IMongoClient client) =>
        Chain(error)
            .Concat(
                // An operation only reports that server selection timed out; the heartbeats have the reason.
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
                "The database refuses the user or the password of MONGO_URL, or the user has another authSource.",
            MongoCommandException { Code: MongoFailure.Unauthorized } => hasUser
                ? "The user of MONGO_URL has no permission for the database: it needs readWrite on MONGO_DATABASE."
                : "The database requires a user and a password, and MONGO_URL has none.",
            AuthenticationException =>
                $"The TLS handshake with the database failed: {cause.Message.TrimEnd('.')}. "
                    + "To trust a private certificate authority, set SSL_CERT_FILE to its certificate.",
            _ => null,
        };

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
            yield return e;
    }
}
