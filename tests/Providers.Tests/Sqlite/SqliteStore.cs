using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;
using Orleans.Storage;
using SessionAuth.Providers.Sqlite;

namespace SessionAuth.Providers.Tests.Sqlite;

/// <summary>A storage as in a silo, without the silo.</summary>
public sealed class SqliteStore : IAsyncDisposable
{
    private const string Name = "Default";

    private readonly ServiceProvider _services;
    private readonly SiloLifecycleSubject _lifecycle = new(
        NullLogger<SiloLifecycleSubject>.Instance
    );
    private bool _running;

    private SqliteStore(string directory, Action<SqliteStorageOptions>? configure)
    {
        Directory = directory;
        SiloServices silo = new();
        silo.Services.AddLogging();
        silo.Services.AddSerializer();
        silo.Services.AddSingleton<TimeProvider>(Clock);
        silo.AddSqliteGrainStorage(
            Name,
            options =>
            {
                options.DataDirectory = directory;
                options.Model = Document.Expiring;
                configure?.Invoke(options);
            }
        );
        _services = silo.Services.BuildServiceProvider();
    }

    public string Directory { get; }

    public string File => Path.Combine(Directory, "sessionauth.db");

    public FakeTimeProvider Clock { get; } = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public IGrainStorage Storage => _services.GetRequiredKeyedService<IGrainStorage>(Name);

    public IScheduledWork Due => _services.GetRequiredKeyedService<IScheduledWork>(Name);

    public IStorageProbe Probe => _services.GetRequiredService<IStorageProbe>();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public static async Task<SqliteStore> OpenAsync(
        string directory,
        Action<SqliteStorageOptions>? configure = null
    )
    {
        SqliteStore store = new(directory, configure);
        try
        {
            foreach (
                IConfigurationValidator validator in store._services.GetServices<IConfigurationValidator>()
            )
                validator.ValidateConfiguration();
            foreach (
                ILifecycleParticipant<ISiloLifecycle> part in store._services.GetServices<
                    ILifecycleParticipant<ISiloLifecycle>
                >()
            )
                part.Participate(store._lifecycle);
            await store._lifecycle.OnStart();
            store._running = true;
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops like a silo that waits for its parts.</summary>
    public Task StopAsync() => _lifecycle.OnStop();

    /// <summary>Stops like a silo whose shutdown timeout is over.</summary>
    public async Task StopWithoutWaitingAsync() =>
        await _lifecycle
            .OnStop(new CancellationToken(canceled: true))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public async ValueTask DisposeAsync()
    {
        if (_running)
            await StopAsync();
        await _services.DisposeAsync();
    }

    /// <summary>Disposes like a silo that never reaches its stop.</summary>
    public ValueTask AbandonAsync() => _services.DisposeAsync();

    public async Task<DocumentState> WriteAsync(
        string key,
        Document document,
        string state = "documents"
    )
    {
        DocumentState written = new(document);
        await Storage.WriteStateAsync(state, GrainId.Create("document", key), written);
        return written;
    }

    public async Task<DocumentState> ReadAsync(string key, string state = "documents")
    {
        DocumentState read = new(new Document());
        await Storage.ReadStateAsync(state, GrainId.Create("document", key), read);
        return read;
    }

    /// <summary>Queries the file directly, without the storage provider.</summary>
    public string? Query(string sql) => Query(File, sql);

    public static string? Query(string file, string sql)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    private sealed class SiloServices : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
