using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;
using SessionAuth.Checks;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Leases;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>
/// Three silos, each with the checks of a front end, and storage that they share. Their clocks are moved together, and
/// leases are so long that none lapses by that: copies end by what sessions say of themselves only.
/// </summary>
public sealed class ThreeFrontEnds : IAsyncLifetime
{
    /// <summary>The idle timeout of the sessions.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The absolute timeout of the sessions.</summary>
    public static readonly TimeSpan AbsoluteTimeout = TimeSpan.FromMinutes(12);

    private const string DataKeys = "jXq0zv3dJwPq8nS1uTtLr5cYb7mKf2hGa9eRz4oWi6U";

    private InProcessTestCluster _cluster = null!;

    public MovedClocks Clocks { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    public IReadOnlyList<FrontEnd> FrontEnds { get; private set; } = [];

    public async Task InitializeAsync()
    {
        SharedMemoryStorage storage = new();
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("DATA_KEYS", DataKeys)])
            .Build();
        InProcessTestClusterBuilder builder = new(3);
        builder.ConfigureSilo(
            (_, silo) =>
                silo
                    .Services.AddSingleton<TimeProvider>(Clocks)
                    .AddSessionAuthGrains(settings)
                    .AddChecks(settings)
                    .AddGrainStorage(GrainStorageNames.Provider, (_, _) => storage)
                    // Orleans' signs of life become old when the clocks are moved.
                    .Configure<ClusterMembershipOptions>(options => options.LivenessEnabled = false)
                    .Configure<LeaseOptions>(options => options.Length = TimeSpan.FromDays(1))
                    .Configure<SessionOptions>(options =>
                    {
                        options.IdleTimeout = IdleTimeout;
                        options.AbsoluteTimeout = AbsoluteTimeout;
                    })
        );
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        FrontEnds = [.. _cluster.Silos.Select(silo => new FrontEnd(silo.ServiceProvider))];
    }

    public async Task DisposeAsync()
    {
        foreach (FrontEnd frontEnd in FrontEnds)
            frontEnd.Dispose();
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    /// <summary>Checks a session at each front end until the check is answered from a copy.</summary>
    public async Task Copy(SessionTokens tokens)
    {
        foreach (FrontEnd frontEnd in FrontEnds)
            await Eventually.Holds(async () =>
            {
                int before = frontEnd.AnsweredFromCopies;
                Assert.Equal(SessionStanding.Live, await frontEnd.Check(tokens));
                return frontEnd.AnsweredFromCopies > before;
            });
    }

    /// <summary>What each front end answers.</summary>
    public async Task<IReadOnlyList<SessionStanding>> CheckAtAll(SessionTokens tokens) =>
        await Task.WhenAll(FrontEnds.Select(frontEnd => frontEnd.Check(tokens)));
}

/// <summary>The checks of one front end.</summary>
/// <param name="services">Its services.</param>
public sealed class FrontEnd(IServiceProvider services) : IDisposable
{
    // As verified tokens are kept for further requests.
    private readonly ConcurrentDictionary<(SessionId, long), CheckedToken> _tokens = new();
    private readonly SessionChecks _checks = services.GetRequiredService<SessionChecks>();
    private readonly MetricCollector<long> _counts = new(
        services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
        "SessionAuth.Checks",
        "sessionauth.checks"
    );

    /// <summary>How many checks were answered without a call.</summary>
    public int AnsweredFromCopies =>
        _counts
            .GetMeasurementSnapshot()
            .Count(check => (string?)check.Tags["answered_by"] == "copy");

    public async Task<SessionStanding> Check(SessionTokens tokens) =>
        await _checks.Check(
            _tokens.GetOrAdd(
                (tokens.Session, tokens.Generation),
                _ => new(tokens.Session, tokens.User, tokens.Generation)
            )
        );

    public void Dispose() => _counts.Dispose();
}

[CollectionDefinition(Name)]
public sealed class ThreeFrontEndsTests : ICollectionFixture<ThreeFrontEnds>
{
    public const string Name = "three front ends";
}
