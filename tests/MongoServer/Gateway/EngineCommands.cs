using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>Translates each command into one SQL call of the engine.</summary>
internal sealed class EngineCommands(NpgsqlDataSource engine)
{
    private const int DuplicateKey = 11000;
    private const int EngineDuplicateKey = 319029277;
    private const int InternalError = 8000;

    private readonly OpenCursors _cursors = new(engine);

    /// <summary>The answer; null when the command is unknown.</summary>
    public async Task<BsonDocument?> Run(
        string database,
        BsonDocument command,
        CancellationToken cancellationToken
    )
    {
        string name = command.GetElement(0).Name;
        try
        {
            return name switch
            {
                "insert" or "update" or "delete" => await Write(
                    name,
                    database,
                    command,
                    cancellationToken
                ),
                "findAndModify" or "findandmodify" => await Call(
                    "SELECT p_result::bytea FROM documentdb_api.find_and_modify($1, $2::bytea::documentdb_core.bson)",
                    database,
                    command,
                    cancellationToken
                ),
                "find" => await _cursors.First(
                    "find_cursor_first_page",
                    database,
                    command,
                    cancellationToken
                ),
                "aggregate" => await _cursors.First(
                    "aggregate_cursor_first_page",
                    database,
                    command,
                    cancellationToken
                ),
                "listCollections" => await _cursors.First(
                    "list_collections_cursor_first_page",
                    database,
                    command,
                    cancellationToken
                ),
                "listIndexes" => await _cursors.First(
                    "list_indexes_cursor_first_page",
                    database,
                    command,
                    cancellationToken
                ),
                "getMore" => await _cursors.More(database, command, cancellationToken),
                "killCursors" => await _cursors.Kill(command),
                "count" => await Call(
                    "SELECT document::bytea FROM documentdb_api.count_query($1, $2::bytea::documentdb_core.bson)",
                    database,
                    command,
                    cancellationToken
                ),
                "distinct" => await Call(
                    "SELECT document::bytea FROM documentdb_api.distinct_query($1, $2::bytea::documentdb_core.bson)",
                    database,
                    command,
                    cancellationToken
                ),
                "createIndexes" => await Call(
                    "SELECT documentdb_api_internal.create_indexes_non_concurrently($1, $2::bytea::documentdb_core.bson, true)::bytea",
                    database,
                    command,
                    cancellationToken
                ),
                "listDatabases" => await Listing(command, cancellationToken),
                "create" => await Execute(
                    "SELECT documentdb_api.create_collection($1, $2)",
                    cancellationToken,
                    database,
                    command[0].AsString
                ),
                "drop" => await Execute(
                    "SELECT documentdb_api.drop_collection($1, $2)",
                    cancellationToken,
                    database,
                    command[0].AsString
                ),
                "dropDatabase" => await Execute(
                    "SELECT documentdb_api.drop_database($1)",
                    cancellationToken,
                    database
                ),
                _ => null,
            };
        }
        catch (PostgresException e) when (!EngineHasStopped(e))
        {
            return e.MessageText.Contains("uplicate key", StringComparison.Ordinal)
                ? Commands.Error(DuplicateKey, "DuplicateKey", "E11000 duplicate key error")
                : Commands.Error(InternalError, "InternalError", e.MessageText);
        }
    }

    /// <summary>Whether the engine is stopping or has stopped, so that the outcome is unknown.</summary>
    public static bool EngineHasStopped(NpgsqlException error) =>
        error is not PostgresException { SqlState: var state }
        || state.StartsWith("57P", StringComparison.Ordinal)
        || state.StartsWith("08", StringComparison.Ordinal);

    private async Task<BsonDocument> Write(
        string name,
        string database,
        BsonDocument command,
        CancellationToken cancellationToken
    )
    {
        BsonDocument answer = await Call(
            $"SELECT p_result::bytea FROM documentdb_api.{name}($1, $2::bytea::documentdb_core.bson)",
            database,
            command,
            cancellationToken
        );
        if (answer.TryGetValue("writeErrors", out BsonValue errors))
        {
            foreach (BsonDocument error in errors.AsBsonArray.Cast<BsonDocument>())
            {
                if (error["code"].ToInt32() == EngineDuplicateKey)
                    error["code"] = DuplicateKey;
            }
        }
        return answer;
    }

    private async Task<BsonDocument> Listing(
        BsonDocument command,
        CancellationToken cancellationToken
    )
    {
        await using NpgsqlCommand call = engine.CreateCommand(
            "SELECT documentdb_api.list_databases($1::bytea::documentdb_core.bson)::bytea"
        );
        call.Parameters.Add(new() { Value = command.ToBson(), NpgsqlDbType = NpgsqlDbType.Bytea });
        return BsonSerializer.Deserialize<BsonDocument>(
            (byte[])(await call.ExecuteScalarAsync(cancellationToken))!
        );
    }

    private async Task<BsonDocument> Call(
        string sql,
        string database,
        BsonDocument command,
        CancellationToken cancellationToken
    )
    {
        await using NpgsqlCommand call = engine.CreateCommand(sql);
        AddParameters(call, database, command);
        return BsonSerializer.Deserialize<BsonDocument>(
            (byte[])(await call.ExecuteScalarAsync(cancellationToken))!
        );
    }

    private async Task<BsonDocument> Execute(
        string sql,
        CancellationToken cancellationToken,
        params string[] arguments
    )
    {
        await using NpgsqlCommand call = engine.CreateCommand(sql);
        foreach (string argument in arguments)
            call.Parameters.Add(new() { Value = argument });
        await call.ExecuteNonQueryAsync(cancellationToken);
        return Commands.Ok;
    }

    private static void AddParameters(NpgsqlCommand call, string database, BsonDocument command)
    {
        call.Parameters.Add(new() { Value = database, NpgsqlDbType = NpgsqlDbType.Text });
        call.Parameters.Add(new() { Value = command.ToBson(), NpgsqlDbType = NpgsqlDbType.Bytea });
    }
}
