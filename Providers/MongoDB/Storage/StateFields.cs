namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>The members of a stored document.</summary>
internal static class StateFields
{
    /// <summary>What <see cref="MongoDBGrainStorageOptions.KeyGenerator"/> makes of the grain.</summary>
    public const string Id = "_id";

    /// <summary>The version: another with each write.</summary>
    public const string ETag = "_etag";

    /// <summary>The state itself.</summary>
    public const string State = "_doc";
}
