using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using SessionAuth.Grains.Mail;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Storage;
using SessionAuth.Providers.Sqlite;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>
/// A silo with the real grains and the real embedded storage. The clock can be moved, and writes can be held or fail.
/// Disposing stops it; another one can continue with the same directory.
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

    /// <summary>The outbox signal of the silo, which nothing else reads in these tests.</summary>
    internal OutboxSignal Outbox =>
        _cluster.Silos[0].ServiceProvider.GetRequiredService<OutboxSignal>();

    /// <summary>The hash scheduler of the silo.</summary>
    internal PasswordHashScheduler Scheduler =>
        _cluster.Silos[0].ServiceProvider.GetRequiredService<PasswordHashScheduler>();

    /// <param name="configure">Options other than the defaults.</param>
    /// <param name="directory">The data of an earlier silo.</param>
    /// <param name="clock">The clock of an earlier silo.</param>
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

    /// <summary>Deactivates the grain, as after a long time without use.</summary>
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
