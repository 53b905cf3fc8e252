namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>What every provider on MongoDB needs to know.</summary>
public abstract class MongoDBOptions
{
    /// <summary>The database. It is made when it is first written to.</summary>
    public string DatabaseName { get; set; } = "";

    /// <summary>What the names of collections begin with. Default: <c>Grains</c> for grain storage, else nothing.</summary>
    public string CollectionPrefix { get; set; } = "";

    /// <summary>
    /// How long one operation may take, with everything that the driver does for it. Default: five seconds.
    /// </summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
