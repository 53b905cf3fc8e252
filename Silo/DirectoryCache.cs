using Orleans.Configuration;

namespace SessionAuth.Silo;

/// <summary>A silo's cache of the grain directory.</summary>
internal static class DirectoryCache
{
    // Measured: grain id, grain address and the bookkeeping of the cache.
    private const int BytesPerEntry = 400;
    private const int ShareOfMemory = 20;
    private const int MinEntries = 10_000;

    /// <summary>
    /// Bounds the cache by the memory limit of the process: it also has entries for grains that were deactivated and
    /// for ids that an attacker made up.
    /// </summary>
    public static ISiloBuilder BoundDirectoryCache(this ISiloBuilder silo) =>
        silo.Configure<GrainDirectoryOptions>(options =>
            options.CacheSize = (int)
                Math.Clamp(
                    GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / BytesPerEntry,
                    MinEntries,
                    GrainDirectoryOptions.DEFAULT_CACHE_SIZE
                )
        );
}
