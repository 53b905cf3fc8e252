namespace SessionAuth.Grains.Storage;

/// <summary>The state names of grains, which are the names of tables or collections.</summary>
public static class GrainStorageNames
{
    /// <summary>The storage provider that a silo registers for all grains.</summary>
    public const string Provider = "grains";

    /// <summary>Users.</summary>
    public const string Users = "users";

    /// <summary>Sessions.</summary>
    public const string Sessions = "sessions";

    /// <summary>Emails and their owners.</summary>
    public const string Emails = "emails";

    /// <summary>Failed attempts.</summary>
    public const string Throttles = "throttles";

    /// <summary>The registry.</summary>
    public const string Registry = "registry";

    /// <summary>
    /// The id of a grain's document: the grain key without the type, so that an operator finds a user or a session by
    /// its id. Grain types that share a state name have distinct keys.
    /// </summary>
    public static string Key(GrainId grain) => grain.Key.ToString()!;
}
