namespace SessionAuth.Grains.Storage;

/// <summary>The names under which grains keep their state; an operator meets them as tables or collections.</summary>
public static class GrainStorageNames
{
    /// <summary>The storage provider that a silo registers for all grains.</summary>
    public const string Provider = "grains";

    /// <summary>Users.</summary>
    public const string Users = "users";

    /// <summary>Sessions.</summary>
    public const string Sessions = "sessions";

    /// <summary>Owners of addresses.</summary>
    public const string Emails = "emails";

    /// <summary>Failed tries.</summary>
    public const string Throttles = "throttles";

    /// <summary>
    /// The id of a grain's document: its key alone. Each state name here is that of one grain type, and an operator
    /// looks for a user or a session by its id.
    /// </summary>
    public static string Key(GrainId grain) => grain.Key.ToString()!;
}
