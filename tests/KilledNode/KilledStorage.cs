using Orleans.Storage;

namespace SessionAuth.KilledNode;

/// <summary>The node's own storage, with the kill switch before each write.</summary>
internal sealed class KilledStorage(IGrainStorage storage, KillSwitch killSwitch) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState
    )
    {
        await killSwitch.BeforeWrite();
        await storage.WriteStateAsync(stateName, grainId, grainState);
    }

    public async Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState
    )
    {
        await killSwitch.BeforeWrite();
        await storage.ClearStateAsync(stateName, grainId, grainState);
    }
}
