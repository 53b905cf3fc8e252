namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>The options that all providers on MongoDB share.</summary>
public abstract class MongoDBOptions
{
    /// <summary>The database, which MongoDB creates on the first write.</summary>
    public string DatabaseName { get; set; } = "";

    /// <summary>The prefix of collection names. Default: <c>Grains</c> for grain storage, otherwise empty.</summary>
    public string CollectionPrefix { get; set; } = "";

    /// <summary>
    /// The timeout of one operation, including server selection and the driver's retries. Default: five seconds.
    /// </summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
