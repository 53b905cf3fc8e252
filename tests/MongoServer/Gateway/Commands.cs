using MongoDB.Bson;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>The commands that are answered without the engine.</summary>
internal static class Commands
{
    private const int NotFound = 59;

    // Fields of the protocol or of replica sets, which the engine does not know.
    private static readonly string[] UnsupportedFields =
    [
        "$db",
        "$clusterTime",
        "$readPreference",
        "lsid",
        "txnNumber",
        "readConcern",
        "writeConcern",
        "apiVersion",
        "apiStrict",
        "maxTimeMS",
    ];

    public static BsonDocument Hello(int connection) =>
        new()
        {
            { "isWritablePrimary", true },
            { "ismaster", true },
            { "helloOk", true },
            { "maxBsonObjectSize", 16 * 1024 * 1024 },
            { "maxMessageSizeBytes", 48_000_000 },
            { "maxWriteBatchSize", 100_000 },
            { "localTime", new BsonDateTime(DateTime.UtcNow) },
            { "logicalSessionTimeoutMinutes", 30 },
            { "connectionId", connection },
            { "minWireVersion", 0 },
            { "maxWireVersion", 21 },
            { "readOnly", false },
            { "ok", 1.0 },
        };

    public static BsonDocument BuildInfo { get; } =
        new()
        {
            { "version", "7.0.28" },
            {
                "versionArray",
                new BsonArray { 7, 0, 28, 0 }
            },
            { "ok", 1.0 },
        };

    public static BsonDocument Ok => new("ok", 1.0);

    public static BsonDocument Unknown(string command) =>
        Error(NotFound, "CommandNotFound", $"no such command: '{command}'");

    public static BsonDocument Error(int code, string name, string message) =>
        new()
        {
            { "ok", 0.0 },
            { "errmsg", message },
            { "code", code },
            { "codeName", name },
        };

    public static BsonDocument ForTheEngine(BsonDocument command)
    {
        foreach (string member in UnsupportedFields)
            command.Remove(member);
        return command;
    }
}
