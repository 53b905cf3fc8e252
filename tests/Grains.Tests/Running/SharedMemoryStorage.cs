using System.Collections.Concurrent;
using Orleans.Storage;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>Storage in memory that several silos share, with conditional writes.</summary>
internal sealed class SharedMemoryStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), Stored> _stored = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        bool exists = _stored.TryGetValue((stateName, grainId), out Stored? stored);
        grainState.RecordExists = exists;
        grainState.ETag = stored?.Etag;
        if (exists)
            grainState.State = (T)stored!.State;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Stored next = new(grainState.State!, Guid.NewGuid().ToString());
        bool written = grainState.ETag is null
            ? _stored.TryAdd((stateName, grainId), next)
            : Find(stateName, grainId, grainState.ETag) is { } replaced
                && _stored.TryUpdate((stateName, grainId), next, replaced);
        if (!written)
            throw new InconsistentStateException();

        grainState.RecordExists = true;
        grainState.ETag = next.Etag;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (
            Find(stateName, grainId, grainState.ETag) is not { } cleared
            || !_stored.TryRemove(new((stateName, grainId), cleared))
        )
            throw new InconsistentStateException();

        grainState.RecordExists = false;
        grainState.ETag = null;
        return Task.CompletedTask;
    }

    private Stored? Find(string stateName, GrainId grainId, string? etag) =>
        _stored.TryGetValue((stateName, grainId), out Stored? stored) && stored.Etag == etag
            ? stored
            : null;

    private sealed record Stored(object State, string Etag);
}
