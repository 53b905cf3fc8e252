using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>A real silo whose grain directory allows an activation that the hold should delay.</summary>
public sealed class TakeoverHoldTests : IAsyncLifetime
{
    private static readonly ClusterTimings s_timings = new() { Fence = TimeSpan.FromSeconds(1) };
    private static readonly SiloAddress s_other = SiloAddress.New(
        new IPEndPoint(IPAddress.Loopback, 1),
        1
    );

    private readonly InjectedTable _table = new();
    private readonly RecordedStorage _storage = new();
    private IHost _silo = null!;

    public async Task InitializeAsync()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder
            .Services.AddSingleton(Options.Create(s_timings))
            .AddSingleton(TimeProvider.System)
            .AddSessionAuthGrains(
                new ConfigurationBuilder()
                    .AddInMemoryCollection([
                        new("DATA_KEYS", "jXq0zv3dJwPq8nS1uTtLr5cYb7mKf2hGa9eRz4oWi6U"),
                    ])
                    .Build()
            );
        builder.UseOrleans(silo =>
        {
            silo.ConfigureEndpoints(FreePort.Next(), 0, listenOnAnyHostAddress: false)
                .Configure<EndpointOptions>(options =>
                    options.AdvertisedIPAddress = IPAddress.Loopback
                )
                .Configure<ClusterOptions>(options =>
                    options.ClusterId = options.ServiceId = "test"
                );
            silo.Services.AddSingleton<IMembershipTable>(_table);
            silo.Services.AddGrainStorage(GrainStorageNames.Provider, (_, _) => _storage);
            silo.AddFence();
        });
        _silo = builder.Build();
        await _silo.StartAsync();
        // The first call takes long enough for the silo to read the table on its own.
        await AnySession().Describe();
        await Grains().UserData(UserId.New(DateTimeOffset.UtcNow)).Activity();
        _storage.Reset();
    }

    public async Task DisposeAsync()
    {
        await _silo.StopAsync();
        _silo.Dispose();
    }

    [Fact(
        DisplayName = "S-20 Session that the directory releases too early is not read before the fence of the dead silo has closed"
    )]
    public async Task Session_that_the_directory_releases_too_early_is_not_read_before_the_fence_of_the_dead_silo_has_closed()
    {
        // This silo has not read of the death when the grain is activated: its view is one version old.
        _table.Inject(s_other, SiloStatus.Dead, Self);

        long began = Stopwatch.GetTimestamp();
        await AnySession().Describe();

        Assert.True(_storage.ReadAfter(began) >= s_timings.Takeover);
    }

    [Fact(DisplayName = "S-20 User is not read before the fence of a dead silo has closed")]
    public async Task User_is_not_read_before_the_fence_of_a_dead_silo_has_closed()
    {
        _table.Inject(s_other, SiloStatus.Dead, Self);

        long began = Stopwatch.GetTimestamp();
        await Grains().UserData(UserId.New(DateTimeOffset.UtcNow)).Activity();

        Assert.True(_storage.ReadAfter(began) >= s_timings.Takeover);
    }

    [Fact]
    public async Task Silo_that_left_in_order_causes_no_wait()
    {
        _table.Inject(s_other, SiloStatus.Dead, s_other);

        long began = Stopwatch.GetTimestamp();
        await AnySession().Describe();

        Assert.True(_storage.ReadAfter(began) < s_timings.Takeover);
    }

    [Fact]
    public async Task Session_is_not_activated_while_the_membership_table_cannot_be_read()
    {
        _table.Reading = Task.FromException(new TimeoutException());

        await Assert.ThrowsAnyAsync<OrleansException>(() => AnySession().Describe());
        Assert.False(_storage.WasRead);
        _table.Reading = Task.CompletedTask;
        await AnySession().Describe();
    }

    private SiloAddress Self => _silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private IGrainFactory Grains() => _silo.Services.GetRequiredService<IGrainFactory>();

    private ISessionGrain AnySession() => Grains().Session(SessionId.New());

    private sealed class RecordedStorage : IGrainStorage
    {
        private long _lastRead;

        public bool WasRead => Volatile.Read(ref _lastRead) != 0;

        public void Reset() => Volatile.Write(ref _lastRead, 0);

        public TimeSpan ReadAfter(long began) =>
            Stopwatch.GetElapsedTime(began, Volatile.Read(ref _lastRead));

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            Volatile.Write(ref _lastRead, Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(
            string stateName,
            GrainId grainId,
            IGrainState<T> grainState
        ) => Task.CompletedTask;

        public Task ClearStateAsync<T>(
            string stateName,
            GrainId grainId,
            IGrainState<T> grainState
        ) => Task.CompletedTask;
    }
}
