using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SessionAuth.Domain;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>The order in which queued hashes run, and who is refused a place in the queue.</summary>
public sealed class PasswordHashSchedulerOrderTests : IDisposable
{
    private const int Waiting = 4;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        // This clock stands still, so that no queued hash times out.
        .AddSingleton<TimeProvider>(new FakeTimeProvider())
        .Configure<PasswordOptions>(options => options.QueuePerCore = Waiting)
        .AddSingleton<PasswordHashScheduler>()
        .BuildServiceProvider();

    private readonly ManualResetEventSlim _open = new();
    private readonly SemaphoreSlim _entered = new(0);

    private PasswordHashScheduler Scheduler =>
        _services.GetRequiredService<PasswordHashScheduler>();

    private static int Threads => Environment.ProcessorCount;

    public void Dispose()
    {
        _open.Set();
        _services.Dispose();
    }

    [Fact(DisplayName = "S-30 Known device does not wait behind unknown ones")]
    public async Task Known_device_does_not_wait_behind_unknown_ones()
    {
        Task[] running = await OccupyThreads();
        Task<string?>[] unknownDevices =
        [
            .. Enumerable
                .Range(0, Waiting * Threads)
                .Select(_ => Scheduler.TryRun(() => "stranger", known: false)),
        ];

        string? knownDevice = await Scheduler
            .TryRun(() => "knownDevice", known: true)
            .WaitAsync(s_patience);

        Assert.Equal("knownDevice", knownDevice);
        Assert.DoesNotContain(unknownDevices, stranger => stranger.IsCompleted);
        _open.Set();
        await Task.WhenAll(running);
        Assert.All(await Task.WhenAll(unknownDevices), who => Assert.Equal("stranger", who));
    }

    [Fact(DisplayName = "S-51 Full queue of unknown devices leaves room for a known device")]
    public async Task Full_queue_of_unknown_devices_leaves_room_for_a_known_device()
    {
        await OccupyThreads();
        Task<string?>[] unknownDevices =
        [
            .. Enumerable
                .Range(0, 10 * Waiting * Threads)
                .Select(_ => Scheduler.TryRun(() => "in", known: false)),
        ];
        Task<string?> knownDevice = Scheduler.TryRun(() => "in", known: true);

        _open.Set();

        Assert.Equal("in", await knownDevice);
        Assert.Equal(
            Waiting * Threads,
            (await Task.WhenAll(unknownDevices)).Count(who => who is "in")
        );
    }

    [Fact(
        DisplayName = "S-30 S-51 One user with a known device takes only a few places, and others with known devices find one"
    )]
    public async Task One_user_with_a_known_device_takes_only_a_few_places_and_others_with_known_devices_find_one()
    {
        UserId flooding = UserId.New(DateTimeOffset.UnixEpoch);
        UserId knownDevice = UserId.New(DateTimeOffset.UnixEpoch);
        Task<string?> Work(UserId user) =>
            Scheduler.TryRunFor(
                () =>
                {
                    _open.Wait();
                    return "in";
                },
                user
            );
        Task<string?>[] many = [.. Enumerable.Range(0, 100).Select(_ => Work(flooding))];
        Task<string?> one = Work(knownDevice);

        _open.Set();

        Assert.Equal(4, (await Task.WhenAll(many)).Count(who => who is "in"));
        Assert.Equal("in", await one);
        Assert.Equal("in", await Work(flooding));
    }

    // Keeps all threads busy until _open is set.
    private async Task<Task[]> OccupyThreads()
    {
        Task[] running =
        [
            .. Enumerable
                .Range(0, Threads)
                .Select(_ =>
                    Scheduler.TryRun(
                        () =>
                        {
                            _entered.Release();
                            _open.Wait();
                            return "in";
                        },
                        known: false
                    )
                ),
        ];
        for (int i = 0; i < Threads; i++)
            Assert.True(await _entered.WaitAsync(s_patience));
        return running;
    }
}
