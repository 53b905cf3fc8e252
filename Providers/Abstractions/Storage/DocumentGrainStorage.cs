using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace SessionAuth.Providers.Storage;

/// <summary>
/// What every storage of documents has in common: each write names the version that it replaces, and the state in memory
/// changes only when the call has succeeded.
/// </summary>
public abstract class DocumentGrainStorage(IActivatorProvider activators) : IGrainStorage
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        if (await Read<T>(stateName, grainId, cancellationToken) is not { } stored)
        {
            Reset(grainState);
            return;
        }

        grainState.State = stored.State!;
        grainState.ETag = stored.ETag;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        string? replaced = grainState.ETag;
        string etag = Guid.NewGuid().ToString("N");
        if (!await Write(stateName, grainId, grainState.State, etag, replaced, cancellationToken))
            throw Conflict("write", stateName, grainId, replaced);

        grainState.ETag = etag;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        string? replaced = grainState.ETag;
        bool agrees = replaced is null
            ? !await Exists(stateName, grainId, cancellationToken)
            : await Delete(stateName, grainId, replaced, cancellationToken);
        if (!agrees)
            throw Conflict("clear", stateName, grainId, replaced);

        Reset(grainState);
    }

    /// <summary>The state and its version; null where none is stored.</summary>
    /// <exception cref="StorageUnavailableException">Storage cannot answer, or the document is none of this type.</exception>
    protected abstract Task<(T? State, string ETag)?> Read<T>(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    );

    /// <summary>Inserts where nothing is replaced, or replaces that version and no other.</summary>
    /// <returns>False when another version is stored or, where one is replaced, none.</returns>
    /// <exception cref="StorageUnavailableException">Storage cannot answer now, and says whether it may have written it.</exception>
    /// <exception cref="StorageRefusedException">Storage will never take it, and has not written it.</exception>
    protected abstract Task<bool> Write<T>(
        string stateName,
        GrainId grainId,
        T state,
        string etag,
        string? replaced,
        CancellationToken cancellationToken
    );

    /// <summary>Whether anything is stored.</summary>
    protected abstract Task<bool> Exists(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes that version and no other.</summary>
    /// <returns>False when another version is stored, or none.</returns>
    protected abstract Task<bool> Delete(
        string stateName,
        GrainId grainId,
        string replaced,
        CancellationToken cancellationToken
    );

    private T Fresh<T>() => activators.GetActivator<T>().Create();

    private void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Fresh<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
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
