using System.Buffers.Text;
using System.Security.Cryptography;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace SessionAuth.Providers.Storage;

/// <summary>
/// The rules that all document storages share: writes are conditional on the etag (optimistic concurrency), and the
/// state in memory changes only when the call has succeeded.
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
        string etag = NewETag();
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
        bool isCurrent = replaced is null
            ? !await Exists(stateName, grainId, cancellationToken)
            : await Delete(stateName, grainId, replaced, cancellationToken);
        if (!isCurrent)
            throw Conflict("clear", stateName, grainId, replaced);

        Reset(grainState);
    }

    /// <summary>The state and its etag; null when none is stored.</summary>
    /// <exception cref="StorageUnavailableException">Storage is unavailable, or the document is malformed.</exception>
    protected abstract Task<(T? State, string ETag)?> Read<T>(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    );

    /// <summary>Inserts the state if <c>replaced</c> is null, otherwise replaces the version with that etag.</summary>
    /// <returns>False on a conflict: another version is stored, or the one to replace is gone.</returns>
    /// <exception cref="StorageUnavailableException">Storage is unavailable; the outcome may be unknown.</exception>
    /// <exception cref="StorageRefusedException">Storage refuses the state for good, and has not stored it.</exception>
    protected abstract Task<bool> Write<T>(
        string stateName,
        GrainId grainId,
        T state,
        string etag,
        string? replaced,
        CancellationToken cancellationToken
    );

    /// <summary>Whether a state is stored.</summary>
    protected abstract Task<bool> Exists(
        string stateName,
        GrainId grainId,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes the version with that etag.</summary>
    /// <returns>False on a conflict: another version is stored, or none.</returns>
    protected abstract Task<bool> Delete(
        string stateName,
        GrainId grainId,
        string replaced,
        CancellationToken cancellationToken
    );

    // 64 random bits: it is only compared with those of the same document, and kept in memory with each.
    private static string NewETag() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));

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
            $"The {operation} of {grainId} in '{stateName}' expects version '{replaced ?? "none"}', "
                + "which is not the stored one."
        );
}
