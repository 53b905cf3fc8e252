using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Registers the embedded storage of a silo.</summary>
public static class SqliteStorageRegistration
{
    /// <summary>
    /// Stores grain state in a SQLite file: a table for each state name, a readable JSON document for each grain.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The file is opened with the silo, which owns it exclusively: a second process fails to start with
    /// <see cref="StorageUnavailableException"/>. A file that a newer version wrote makes the start fail with
    /// <see cref="OrleansConfigurationException"/>.
    /// </para>
    /// <para>
    /// A state name is the name of its table: a letter, then letters, digits and underscores. A row's id
    /// is the grain key alone, so a state name belongs to one type of grain.
    /// </para>
    /// <para>
    /// A state whose member for expiry (<see cref="SqliteStorageOptions.Model"/>) has a time is deleted some time after
    /// it (<see cref="SqliteStorageOptions.ExpiryMargin"/>).
    /// </para>
    /// <para>
    /// It also registers an <see cref="IStorageProbe"/> for each storage, and an <see cref="IScheduledWork"/> under the
    /// storage's name.
    /// </para>
    /// </remarks>
    /// <param name="siloBuilder">The silo.</param>
    /// <param name="name">The name by which grains refer to the storage; <c>Default</c> is the default.</param>
    /// <param name="configure">Sets the options.</param>
    public static ISiloBuilder AddSqliteGrainStorage(
        this ISiloBuilder siloBuilder,
        string name,
        Action<SqliteStorageOptions> configure
    )
    {
        IServiceCollection services = siloBuilder.Services;
        services.AddMetrics();
        services.AddOptions<SqliteStorageOptions>(name).Configure(configure);
        services.ConfigureNamedOptionForLogging<SqliteStorageOptions>(name);
        services.AddTransient<IConfigurationValidator>(
            provider => new SqliteStorageOptionsValidator(Options(provider, name), name)
        );
        services.AddKeyedSingleton(name, (provider, _) => Database(provider, name));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider =>
            provider.GetRequiredKeyedService<SqliteDatabase>(name)
        );
        services.AddSingleton<IStorageProbe>(provider => new SqliteStorageProbe(
            provider.GetRequiredKeyedService<SqliteDatabase>(name)
        ));
        services.AddKeyedSingleton<IScheduledWork>(
            name,
            (provider, _) =>
                new SqliteScheduledWork(provider.GetRequiredKeyedService<SqliteDatabase>(name))
        );
        services.AddGrainStorage(name, Storage);
        return siloBuilder;
    }

    private static SqliteGrainStorage Storage(IServiceProvider provider, string name) =>
        new(
            provider.GetRequiredKeyedService<SqliteDatabase>(name),
            new StateDocuments(Options(provider, name)),
            Options(provider, name),
            provider.GetRequiredService<IActivatorProvider>(),
            provider.GetRequiredService<ILogger<SqliteGrainStorage>>()
        );

    private static SqliteDatabase Database(IServiceProvider provider, string name) =>
        new(
            name,
            Options(provider, name),
            new SqliteStorageMetrics(provider.GetRequiredService<IMeterFactory>(), name),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<SqliteDatabase>>()
        );

    private static SqliteStorageOptions Options(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<SqliteStorageOptions>>().Get(name);
}
