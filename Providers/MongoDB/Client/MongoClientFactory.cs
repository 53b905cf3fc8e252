using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>One shared client, created from a connection string on first use.</summary>
internal sealed class MongoClientFactory(string connectionString) : IMongoClientFactory, IDisposable
{
    // The driver's default for server selection is 30 s. Failing fast lets the caller retry.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly Lazy<MongoClient> _client = new(() => new(Settings(connectionString)));

    public IMongoClient Create(string name) => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private static MongoClientSettings Settings(string connectionString)
    {
        MongoClientSettings settings = Read(connectionString);
        settings.ApplicationName ??= "SessionAuth";
        if (!Sets(connectionString, "serverSelectionTimeout"))
            settings.ServerSelectionTimeout = Timeout;
        if (!Sets(connectionString, "connectTimeout"))
            settings.ConnectTimeout = Timeout;
        // A network that drops packets closes no connection: only heartbeats detect the failure, and its end.
        settings.HeartbeatTimeout = Timeout;
        if (!Sets(connectionString, "heartbeatFrequency"))
            settings.HeartbeatInterval = Timeout;
        return settings;
    }

    private static MongoClientSettings Read(string connectionString)
    {
        try
        {
            return MongoClientSettings.FromConnectionString(connectionString);
        }
        catch (Exception e)
            when (e
                    is MongoConfigurationException
                        or ArgumentException
                        or FormatException
                        or InvalidOperationException
                        or NotSupportedException
            )
        {
            // Not the driver's message: it quotes as the host the rest of a password that contains an @.
            throw new OrleansConfigurationException(
                "MONGO_URL cannot be read as a connection string. In the user and the password, "
                    + "encode : / ? # [ ] @ % as %3A %2F %3F %23 %5B %5D %40 %25."
            );
        }
    }

    private static bool Sets(string connectionString, string option) =>
        connectionString.Contains(option, StringComparison.OrdinalIgnoreCase);
}
