using Orleans.Storage;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>The real storage, behind the faults that a test asks for.</summary>
internal sealed class FaultyStorage(IGrainStorage real, StorageFaults faults) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        real.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        faults.Write(
            stateName,
            grainId.Key.ToString()!,
            grainState.State!,
            () => real.WriteStateAsync(stateName, grainId, grainState)
        );

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        real.ClearStateAsync(stateName, grainId, grainState);
}
