using MongoDB.Bson;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>Authentication and authorization of one connection.</summary>
/// <param name="user">The only user; null when clients need not authenticate.</param>
/// <param name="onlyDatabase">The only database that the user may use; null for any.</param>
internal sealed class Guard(ScramUser? user, string? onlyDatabase)
{
    private const string Mechanism = "SCRAM-SHA-256";
    private const int Conversation = 1;
    private const int Unauthorized = 13;
    private const int AuthenticationFailed = 18;

    private ScramConversation? _conversation;
    private bool _signedIn = user is null;

    /// <summary>
    /// Adds the authentication mechanism to the hello answer, and the first answer of an authentication that it begins.
    /// </summary>
    public BsonDocument Greet(BsonDocument hello, BsonDocument command)
    {
        if (user is null)
            return hello;
        // Without it, drivers fall back to SCRAM-SHA-1.
        if (command.Contains("saslSupportedMechs"))
            hello.Add("saslSupportedMechs", new BsonArray { Mechanism });
        if (
            command.TryGetValue("speculativeAuthenticate", out BsonValue begun)
            && Begin(begun.AsBsonDocument) is { } answer
        )
            hello.Add("speculativeAuthenticate", answer);
        return hello;
    }

    /// <summary>
    /// The answer to an authentication command or a refused command; null when the command is allowed.
    /// </summary>
    public BsonDocument? Answer(string name, BsonDocument command)
    {
        if (name is "saslStart")
            return Begin(command) ?? Failed;
        if (name is "saslContinue")
            return Finish(command) ?? Failed;
        if (!_signedIn)
            return Refused($"Command {name} requires authentication");

        string database = command.GetValue("$db", "admin").AsString;
        bool may =
            onlyDatabase is null
            || user is null
            || database == onlyDatabase
            || name is "endSessions";
        return may
            ? null
            : Refused($"not authorized on {database} to execute command {{ {name}: 1 }}");
    }

    private static BsonDocument Failed =>
        Commands.Error(AuthenticationFailed, "AuthenticationFailed", "Authentication failed.");

    private static BsonDocument Refused(string message) =>
        Commands.Error(Unauthorized, "Unauthorized", message);

    private BsonDocument? Begin(BsonDocument command)
    {
        if (user is null || command["mechanism"] != Mechanism)
            return null;
        _conversation = new(user);
        return Step(_conversation.Begin(command["payload"].AsByteArray), done: false);
    }

    private BsonDocument? Finish(BsonDocument command)
    {
        BsonDocument? answer = Step(_conversation?.End(command["payload"].AsByteArray), done: true);
        _conversation = null;
        _signedIn = answer is not null;
        return answer;
    }

    private static BsonDocument? Step(byte[]? payload, bool done) =>
        payload is null
            ? null
            : new()
            {
                { "conversationId", Conversation },
                { "done", done },
                { "payload", payload },
                { "ok", 1.0 },
            };
}
