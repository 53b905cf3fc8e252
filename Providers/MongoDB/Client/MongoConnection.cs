using System.Net;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>What a connection string says of who can read, and who can reach, what goes over the connection.</summary>
/// <param name="StaysOnThisMachine">Whether every server that it names is on loopback, or behind a socket of the system.</param>
/// <param name="HasVerifiedTls">Whether the connection is encrypted, to a server whose certificate is checked.</param>
/// <param name="HasUser">Whether it names somebody to sign in as.</param>
public sealed record MongoConnection(bool StaysOnThisMachine, bool HasVerifiedTls, bool HasUser)
{
    /// <summary>Reads it, without a look-up of any name; null where it is none, which the client will say.</summary>
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
            // The client reads it again, and refuses it in words that quote nothing of it.
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
