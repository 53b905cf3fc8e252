using System.Net;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>How a connection string protects the connection against eavesdropping and unauthenticated access.</summary>
/// <param name="StaysOnThisMachine">Whether all its servers are on loopback or Unix domain sockets.</param>
/// <param name="HasVerifiedTls">Whether it uses TLS and verifies the server's certificate.</param>
/// <param name="HasUser">Whether it has credentials.</param>
public sealed record MongoConnection(bool StaysOnThisMachine, bool HasVerifiedTls, bool HasUser)
{
    /// <summary>Parses a connection string without resolving names; null when it is not valid.</summary>
    /// <param name="connectionString">A MongoDB connection string.</param>
    public static MongoConnection? Of(string connectionString)
    {
        MongoUrl url;
        try
        {
            url = new(connectionString);
        }
        catch (Exception)
        {
            // MongoClientFactory parses it again, and reports the error without quoting a password.
            return null;
        }
        return new(
            url.Scheme != ConnectionStringScheme.MongoDBPlusSrv
                && url.Servers.All(server => IsLocal(server.Host)),
            url.UseTls && !url.AllowInsecureTls,
            !string.IsNullOrEmpty(url.Username) || url.AuthenticationMechanism is not null
        );
    }

    private static bool IsLocal(string host) =>
        host == "localhost"
        || host.EndsWith(".sock", StringComparison.Ordinal)
        || IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip);
}
