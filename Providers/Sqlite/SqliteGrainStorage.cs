using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Grain state as documents in tables, every write conditional on what it replaces.</summary>
internal sealed class SqliteGrainStorage(
    SqliteDatabase database,
    StateDocuments documents,
    IActivatorProvider activators,
    ILogger<SqliteGrainStorage> logger
) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        StateTable table = database.Table(stateName);
        StoredDocument? stored = await database.ReadAsync(table, Key(grainId), cancellationToken);
        if (stored is null)
        {
            Reset(grainState);
            return;
        }

        grainState.State = Decode<T>(stored, stateName, grainId) ?? Fresh<T>();
        grainState.ETag = stored.Etag;
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        StateTable table = database.Table(stateName);
        (string text, long? expires) = documents.Write(grainState.State);
        string? replaced = grainState.ETag;
        string etag = Guid.NewGuid().ToString("N");

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
        if (await database.WriteAsync(write, cancellationToken) == 0)
            throw Conflict("write", stateName, grainId, replaced);

        grainState.ETag = etag;
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        StateTable table = database.Table(stateName);
        string? replaced = grainState.ETag;
        bool agrees = replaced is null
            ? await database.ReadAsync(table, Key(grainId), cancellationToken) is null
            : await database.WriteAsync(
                new(table, table.Delete, ("$id", Key(grainId)), ("$replaced", replaced)),
                cancellationToken
            ) > 0;
        if (!agrees)
            throw Conflict("clear", stateName, grainId, replaced);

        Reset(grainState);
    }

    private static string Key(GrainId grainId) => grainId.Key.ToString()!;

    private T Fresh<T>() => activators.GetActivator<T>().Create();

    private void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Fresh<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private T? Decode<T>(StoredDocument stored, string stateName, GrainId grainId)
    {
        try
        {
            return documents.Read<T>(stored.Text);
        }
        catch (JsonException failure)
        {
            logger.UnreadableDocument(failure, stateName, grainId);
            throw new StorageUnavailableException($"A document in '{stateName}' cannot be read.");
        }
    }

    private static InconsistentStateException Conflict(
        string operation,
        string stateName,
        GrainId grainId,
        string? replaced
    ) =>
        new(
            $"The {operation} of {grainId} in '{stateName}' replaces version '{replaced ?? "none"}', "
                + "which is not the one that is stored."
        );
}
