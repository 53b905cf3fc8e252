using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>One client for all, made of a connection string when it is first asked for.</summary>
internal sealed class MongoClientFactory(string connectionString) : IMongoClientFactory, IDisposable
{
    // The driver would look for a server for 30 s. A caller is better off with an error that it can repeat.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

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
        if (!Says(connectionString, "serverSelectionTimeout"))
            settings.ServerSelectionTimeout = Patience;
        if (!Says(connectionString, "connectTimeout"))
            settings.ConnectTimeout = Patience;
        // A cable that was pulled says nothing: the driver has to ask to find it out, and to find it mended.
        settings.HeartbeatTimeout = Patience;
        if (!Says(connectionString, "heartbeatFrequency"))
            settings.HeartbeatInterval = Patience;
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
            // The driver quotes what it took for the host: the rest of a password with an @ in it.
            throw new OrleansConfigurationException(
                "MONGO_URL cannot be read as a connection string. Where its user or its password "
                    + "has one of : / ? # [ ] @ %, write %3A %2F %3F %23 %5B %5D %40 %25."
            );
        }
    }

    private static bool Says(string connectionString, string option) =>
        connectionString.Contains(option, StringComparison.OrdinalIgnoreCase);
}
