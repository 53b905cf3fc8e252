using Orleans.Configuration;

namespace SessionAuth.Silo;

/// <summary>Where a silo remembers which silo has a grain.</summary>
internal static class DirectoryCache
{
    // What one takes, measured: its id, the address, and its places in the cache.
    private const int BytesOfOne = 400;
    private const int ShareOfMemory = 20;
    private const int Fewest = 10_000;

    /// <summary>
    /// Bounds it by the memory that the process may have: it remembers grains that have left memory too, and those whose
    /// ids a stranger made up.
    /// </summary>
    public static ISiloBuilder BoundDirectoryCache(this ISiloBuilder silo) =>
        silo.Configure<GrainDirectoryOptions>(options =>
            options.CacheSize = (int)
                Math.Clamp(
                    GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / BytesOfOne,
                    Fewest,
                    GrainDirectoryOptions.DEFAULT_CACHE_SIZE
                )
        );
}
