using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using SessionAuth.Grains.Mail;
using SessionAuth.Grains.Storage;
using SessionAuth.Providers.Sqlite;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>
/// A silo with the real grains on the real embedded storage; the clock can be moved, and writes can be made to
/// wait or fail. Disposing it stops it; another may go on with the same directory.
/// </summary>
public sealed class RunningSilo : IAsyncDisposable
{
    private const string RealStorage = "real";
    private const string DataKeys = "jXq0zv3dJwPq8nS1uTtLr5cYb7mKf2hGa9eRz4oWi6U";

    private readonly InProcessTestCluster _cluster;
    private readonly bool _ownsDirectory;

    private RunningSilo(InProcessTestCluster cluster, string directory, bool ownsDirectory)
    {
        _cluster = cluster;
        _ownsDirectory = ownsDirectory;
        Directory = directory;
    }

    public IGrainFactory Grains => _cluster.Client;

    public string Directory { get; }

    public MovedClock Clock { get; private init; } = null!;

    public StorageFaults Storage { get; } = new();

    /// <summary>The bell of the silo, which nobody listens to here.</summary>
    internal OutboxBell Bell => _cluster.Silos[0].ServiceProvider.GetRequiredService<OutboxBell>();

    /// <param name="configure">Options other than the defaults.</param>
    /// <param name="directory">Data of an earlier silo to go on with.</param>
    /// <param name="clock">The clock of an earlier silo to go on with.</param>
    public static async Task<RunningSilo> Start(
        Action<IServiceCollection>? configure = null,
        string? directory = null,
        MovedClock? clock = null
    )
    {
        string data =
            directory ?? System.IO.Directory.CreateTempSubdirectory("sessionauth-").FullName;
        RunningSilo? running = null;
        clock ??= new();
        InProcessTestClusterBuilder builder = new(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.AddSqliteGrainStorage(
                    RealStorage,
                    options =>
                    {
                        options.DataDirectory = data;
                        options.KeyGenerator = GrainStorageNames.Key;
                    }
                );
                silo.Services.AddSingleton<TimeProvider>(clock);
                silo.Services.AddSessionAuthGrains(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection([new("DATA_KEYS", DataKeys)])
                        .Build()
                );
                silo.Services.AddSingleton<IWriteFailures, KnownFailures>();
                silo.Services.AddGrainStorage(
                    GrainStorageNames.Provider,
                    (services, _) =>
                        new FaultyStorage(
                            services.GetRequiredKeyedService<IGrainStorage>(RealStorage),
                            running!.Storage
                        )
                );
                configure?.Invoke(silo.Services);
            }
        );
        InProcessTestCluster cluster = builder.Build();
        running = new(cluster, data, directory is null) { Clock = clock };
        await cluster.DeployAsync();
        return running;
    }

    /// <summary>Has the grain leave memory, as it does when it was not used for long.</summary>
    public static async Task Deactivate(IAddressable grain) =>
        await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        if (_ownsDirectory)
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
