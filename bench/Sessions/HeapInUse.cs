namespace SessionAuth.Bench.Sessions;

/// <summary>The heap of this process, without what is only kept because it was used a moment ago.</summary>
internal static class HeapInUse
{
    // Grains of the node itself.
    private const int MostActive = 100;

    public static async Task<long> Measure(IActivationWorkingSet active)
    {
        // Orleans lists the grains that were called lately.
        while (active.Count > MostActive)
            await Task.Delay(TimeSpan.FromSeconds(1));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
