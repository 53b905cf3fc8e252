using System.Collections.Concurrent;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>
/// The open cursors. Where the engine keeps state for a cursor (a sorted find), it does so in one connection, which is
/// kept open until the cursor ends.
/// </summary>
internal sealed class OpenCursors(NpgsqlDataSource engine)
{
    private const int CursorNotFound = 43;

    private readonly ConcurrentDictionary<long, OpenCursor> _open = [];

    public async Task<BsonDocument> First(
        string function,
        string database,
        BsonDocument command,
        CancellationToken cancellationToken
    )
    {
        NpgsqlConnection connection = await engine.OpenConnectionAsync(cancellationToken);
        return await Read(
            connection,
            $"SELECT cursorpage::bytea, continuation::bytea, persistconnection FROM documentdb_api.{function}($1, $2::bytea::documentdb_core.bson)",
            [Text(database), Bytes(command.ToBson())],
            cancellationToken
        );
    }

    public async Task<BsonDocument> More(
        string database,
        BsonDocument command,
        CancellationToken cancellationToken
    )
    {
        if (!_open.TryRemove(command[0].ToInt64(), out OpenCursor? cursor))
            return Commands.Error(CursorNotFound, "CursorNotFound", "cursor id not found");

        bool kept = cursor.Connection is not null;
        return await Read(
            cursor.Connection ?? await engine.OpenConnectionAsync(cancellationToken),
            $"SELECT cursorpage::bytea, continuation::bytea, {kept} FROM documentdb_api.cursor_get_more("
                + "$1, $2::bytea::documentdb_core.bson, $3::bytea::documentdb_core.bson)",
            [Text(database), Bytes(command.ToBson()), Bytes(cursor.Continuation)],
            cancellationToken
        );
    }

    public async Task<BsonDocument> Kill(BsonDocument command)
    {
        foreach (BsonValue id in command["cursors"].AsBsonArray)
        {
            if (
                _open.TryRemove(id.ToInt64(), out OpenCursor? cursor)
                && cursor.Connection is { } connection
            )
                await connection.DisposeAsync();
        }

        return Commands.Ok.Add("cursorsKilled", command["cursors"]);
    }

    private async Task<BsonDocument> Read(
        NpgsqlConnection connection,
        string sql,
        NpgsqlParameter[] parameters,
        CancellationToken cancellationToken
    )
    {
        bool keeps = false;
        try
        {
            await using NpgsqlCommand call = new(sql, connection);
            call.Parameters.AddRange(parameters);
            await using NpgsqlDataReader row = await call.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            BsonDocument page = BsonSerializer.Deserialize<BsonDocument>(
                row.GetFieldValue<byte[]>(0)
            );
            long id = page["cursor"]["id"].ToInt64();
            if (id != 0 && !await row.IsDBNullAsync(1, cancellationToken))
            {
                keeps = row.GetBoolean(2);
                _open[id] = new(row.GetFieldValue<byte[]>(1), keeps ? connection : null);
            }

            return page;
        }
        finally
        {
            if (!keeps)
                await connection.DisposeAsync();
        }
    }

    private static NpgsqlParameter Text(string value) =>
        new() { Value = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Bytes(byte[] value) =>
        new() { Value = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    private sealed record OpenCursor(byte[] Continuation, NpgsqlConnection? Connection);
}
