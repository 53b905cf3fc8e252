using System.Text.Json;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using Orleans.Serialization.Serializers;
using SessionAuth.Providers.Storage;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Stores grain state as documents in collections.</summary>
internal sealed class MongoGrainStorage(
    StateCollections collections,
    MongoDBGrainStorageOptions options,
    IActivatorProvider activators,
    ILogger<MongoGrainStorage> logger
) : DocumentGrainStorage(activators)
{
    // BSON needs up to seventeen bytes where JSON needs two, because an array stores the index of each element as text.
    private const int MaxGrowth = 9;

    private readonly StateDocuments _documents = new(options.Json);

    protected override async Task<(T? State, string ETag)?> Read<T>(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    )
        where T : default
    {
        BsonDocument? stored = await Stored(stateName, grainId, cancellationToken);
        return stored is null ? null : Decode<T>(stored, stateName, grainId);
    }

    protected override Task<bool> Write<T>(
        string stateName,
        GrainId grainId,
        T state,
        string etag,
        string? replaced,
        CancellationToken cancellationToken
    )
    {
        (BsonValue value, int jsonBytes) = _documents.Write(state);
        BsonDocument document = new()
        {
            { StateFields.Id, options.KeyGenerator(grainId) },
            { StateFields.ETag, etag },
            { StateFields.State, value },
        };
        if (jsonBytes > options.MaxDocumentBytes / MaxGrowth)
            RequireThatItFits(document);
        return collections.Store(stateName, document, replaced, cancellationToken);
    }

    protected override async Task<bool> Exists(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    ) => await Stored(stateName, grainId, cancellationToken) is not null;

    protected override Task<bool> Delete(
        string stateName,
        GrainId grainId,
        string replaced,
        CancellationToken cancellationToken
    ) => collections.Delete(stateName, options.KeyGenerator(grainId), replaced, cancellationToken);

    private Task<BsonDocument?> Stored(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    ) => collections.Read(stateName, options.KeyGenerator(grainId), cancellationToken);

    private (T? State, string ETag) Decode<T>(
        BsonDocument stored,
        string stateName,
        GrainId grainId
    )
    {
        try
        {
            if (
                stored.GetValue(StateFields.ETag, BsonNull.Value) is BsonString etag
                && stored.TryGetValue(StateFields.State, out BsonValue state)
            )
                return (_documents.Read<T>(state), etag.Value);
            throw new JsonException("The document does not have the fields of a state.");
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

    private void RequireThatItFits(BsonDocument document)
    {
        int bytes = document.ToBson().Length;
        if (bytes > options.MaxDocumentBytes)
        {
            throw new StorageRefusedException(
                $"The document has {bytes} bytes, more than {options.MaxDocumentBytes} "
                    + $"({nameof(MongoDBGrainStorageOptions.MaxDocumentBytes)})."
            );
        }
    }
}
