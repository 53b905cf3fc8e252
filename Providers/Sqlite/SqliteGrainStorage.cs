using Microsoft.Extensions.Logging;
using Orleans.Serialization.Serializers;
using SessionAuth.Providers.Storage;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Stores grain state as documents in tables.</summary>
internal sealed class SqliteGrainStorage(
    SqliteDatabase database,
    StateDocuments documents,
    SqliteStorageOptions options,
    IActivatorProvider activators,
    ILogger<SqliteGrainStorage> logger
) : DocumentGrainStorage(activators)
{
    protected override async Task<(T? State, string ETag)?> Read<T>(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    )
        where T : default
    {
        StoredDocument? stored = await database.ReadAsync(
            database.Table(stateName),
            Key(grainId),
            cancellationToken
        );
        return stored is null ? null : (Decode<T>(stored, stateName, grainId), stored.Etag);
    }

    protected override async Task<bool> Write<T>(
        string stateName,
        GrainId grainId,
        T state,
        string etag,
        string? replaced,
        CancellationToken cancellationToken
    )
    {
        StateTable table = database.Table(stateName);
        (string text, long? expires) = documents.Write(stateName, state);
        PendingWrite write = new(
            table,
            replaced is null ? table.Insert : table.Update,
            replaced is null
                ? [("$id", Key(grainId)), ("$etag", etag), ("$doc", text), ("$expires", expires)]
                :
                [
                    ("$id", Key(grainId)),
                    ("$etag", etag),
                    ("$doc", text),
                    ("$expires", expires),
                    ("$replaced", replaced),
                ]
        );
        return await database.WriteAsync(write, cancellationToken) > 0;
    }

    protected override async Task<bool> Exists(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    ) =>
        await database.ReadAsync(database.Table(stateName), Key(grainId), cancellationToken)
            is not null;

    protected override async Task<bool> Delete(
        string stateName,
        GrainId grainId,
        string replaced,
        CancellationToken cancellationToken
    )
    {
        StateTable table = database.Table(stateName);
        PendingWrite delete = new(
            table,
            table.Delete,
            ("$id", Key(grainId)),
            ("$replaced", replaced)
        );
        return await database.WriteAsync(delete, cancellationToken) > 0;
    }

    private string Key(GrainId grainId) => options.KeyGenerator(grainId);

    private T? Decode<T>(StoredDocument stored, string stateName, GrainId grainId)
    {
        try
        {
            return documents.Read<T>(stored.Text);
        }
        catch (Exception failure) when (StateJson.IsAboutTheState(failure))
        {
            logger.UnreadableDocument(failure, stateName, grainId);
            throw new StorageUnavailableException($"A document in '{stateName}' cannot be read.")
            {
                OutcomeUnknown = false,
            };
        }
    }
}
