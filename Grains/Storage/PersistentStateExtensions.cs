using Orleans.Storage;

namespace SessionAuth.Grains.Storage;

internal static class PersistentStateExtensions
{
    /// <summary>
    /// Writes the next state; when that fails, memory is as it was. An activation that learns from an etag
    /// conflict that it is a stale copy deactivates at once.
    /// </summary>
    public static async Task Write<TState>(
        this IPersistentState<TState> stored,
        TState next,
        IGrainBase grain
    )
    {
        TState before = stored.State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            stored.State = before;
            if (e is InconsistentStateException)
                grain.DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Clears the state, where there is any. A stale copy deactivates, as above.</summary>
    public static async Task Clear<TState>(this IPersistentState<TState> stored, IGrainBase grain)
    {
        if (!stored.RecordExists)
            return;

        try
        {
            await stored.ClearStateAsync(CancellationToken.None);
        }
        catch (InconsistentStateException)
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
