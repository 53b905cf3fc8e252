using System.Text.Json;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Grain state as documents in collections, every write conditional on what it replaces.</summary>
internal sealed class MongoGrainStorage(
    StateCollections collections,
    MongoDBGrainStorageOptions options,
    IActivatorProvider activators,
    ILogger<MongoGrainStorage> logger
) : IGrainStorage
{
    // BSON needs at most eleven bytes where JSON has two; smaller texts cannot become too large.
    private const int LargestGrowth = 8;

    private readonly StateDocuments _documents = new(options.Json);

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
        BsonDocument? stored = await collections.Read(
            stateName,
            options.KeyGenerator(grainId),
            cancellationToken
        );
        if (stored is null)
        {
            Reset(grainState);
            return;
        }

        T state = Decode<T>(stored, stateName, grainId) ?? Fresh<T>();
        grainState.ETag = stored[StateFields.ETag].AsString;
        grainState.State = state;
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        (BsonValue state, int jsonBytes) = _documents.Write(grainState.State);
        string etag = Guid.NewGuid().ToString("N");
        BsonDocument document = new()
        {
            { StateFields.Id, options.KeyGenerator(grainId) },
            { StateFields.ETag, etag },
            { StateFields.State, state },
        };
        if (jsonBytes > options.MaxDocumentBytes / LargestGrowth)
            RequireThatItFits(document);

        string? replaced = grainState.ETag;
        if (!await collections.Store(stateName, document, replaced, cancellationToken))
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
        string key = options.KeyGenerator(grainId);
        string? replaced = grainState.ETag;
        bool agrees = replaced is null
            ? await collections.Read(stateName, key, cancellationToken) is null
            : await collections.Delete(stateName, key, replaced, cancellationToken);
        if (!agrees)
            throw Conflict("clear", stateName, grainId, replaced);

        Reset(grainState);
    }

    private T Fresh<T>() => activators.GetActivator<T>().Create();

    private void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Fresh<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private T? Decode<T>(BsonDocument stored, string stateName, GrainId grainId)
    {
        try
        {
            if (
                stored.GetValue(StateFields.ETag, BsonNull.Value) is BsonString
                && stored.GetValue(StateFields.State, BsonNull.Value) is BsonDocument state
            )
                return _documents.Read<T>(state);
            throw new JsonException("The document has not the shape of a state.");
        }
        catch (JsonException failure)
        {
            logger.UnreadableDocument(failure, stateName, grainId);
            throw new StorageUnavailableException($"A document in '{stateName}' cannot be read.");
        }
    }

    private void RequireThatItFits(BsonDocument document)
    {
        int bytes = document.ToBson().Length;
        if (bytes > options.MaxDocumentBytes)
        {
            throw new OrleansException(
                $"The document has {bytes} bytes, more than {options.MaxDocumentBytes} "
                    + $"({nameof(MongoDBGrainStorageOptions.MaxDocumentBytes)})."
            );
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
