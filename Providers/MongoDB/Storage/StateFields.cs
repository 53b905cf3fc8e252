namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>The fields of a stored document.</summary>
internal static class StateFields
{
    /// <summary>The key, from <see cref="MongoDBGrainStorageOptions.KeyGenerator"/>.</summary>
    public const string Id = "_id";

    /// <summary>The version, which changes with each write.</summary>
    public const string ETag = "_etag";

    /// <summary>The state itself.</summary>
    public const string State = "_doc";
}
