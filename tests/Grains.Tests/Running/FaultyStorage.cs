using Orleans.Storage;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>The real storage with the faults that a test sets.</summary>
internal sealed class FaultyStorage(IGrainStorage real, StorageFaults faults) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        faults.IsUnreadable(grainId.Key.ToString()!)
            ? Task.FromException(new DiskFullException())
            : real.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState
    )
    {
        PreviousState<T> previous = new(grainState);
        try
        {
            await faults.Write(
                stateName,
                grainId.Key.ToString()!,
                grainState.State!,
                () => real.WriteStateAsync(stateName, grainId, grainState)
            );
        }
        catch (Exception)
        {
            previous.Restore(grainState);
            throw;
        }
    }

    public async Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState
    )
    {
        PreviousState<T> previous = new(grainState);
        try
        {
            await faults.Clear(
                stateName,
                grainId.Key.ToString()!,
                () => real.ClearStateAsync(stateName, grainId, grainState)
            );
        }
        catch (Exception)
        {
            previous.Restore(grainState);
            throw;
        }
    }

    // After a lost answer the caller does not know the new etag.
    private readonly struct PreviousState<T>(IGrainState<T> before)
    {
        private readonly T _state = before.State!;
        private readonly string? _etag = before.ETag;
        private readonly bool _exists = before.RecordExists;

        public void Restore(IGrainState<T> grainState) =>
            (grainState.State, grainState.ETag, grainState.RecordExists) = (_state, _etag, _exists);
    }
}
