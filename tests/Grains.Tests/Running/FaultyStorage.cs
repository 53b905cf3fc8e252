using Orleans.Storage;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>The real storage, behind the faults that a test asks for.</summary>
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
        Untold<T> untold = new(grainState);
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
            untold.Restore(grainState);
            throw;
        }
    }

    public async Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState
    )
    {
        Untold<T> untold = new(grainState);
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
            untold.Restore(grainState);
            throw;
        }
    }

    // Who is not told that a change reached storage knows nothing of its etag.
    private readonly struct Untold<T>(IGrainState<T> before)
    {
        private readonly T _state = before.State!;
        private readonly string? _etag = before.ETag;
        private readonly bool _exists = before.RecordExists;

        public void Restore(IGrainState<T> grainState) =>
            (grainState.State, grainState.ETag, grainState.RecordExists) = (_state, _etag, _exists);
    }
}
