using Orleans.Storage;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>The real storage, behind the faults that a test asks for.</summary>
internal sealed class FaultyStorage(IGrainStorage real, StorageFaults faults) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        real.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState
    )
    {
        (string? etag, bool exists) = (grainState.ETag, grainState.RecordExists);
        try
        {
            await faults.Write(
                stateName,
                grainId.Key.ToString()!,
                grainState.State!,
                () => real.WriteStateAsync(stateName, grainId, grainState)
            );
        }
        catch (DiskFullException)
        {
            // Who is not told that a write reached storage knows nothing of its etag.
            (grainState.ETag, grainState.RecordExists) = (etag, exists);
            throw;
        }
    }

    public async Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState
    )
    {
        await real.ClearStateAsync(stateName, grainId, grainState);
        faults.Cleared(grainId.Key.ToString()!);
    }
}
