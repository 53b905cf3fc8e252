using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Domain;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>Who waits at the gate, and in which order they get in.</summary>
public sealed class HashGateOrderTests : IDisposable
{
    private const int Waiting = 4;

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .AddSingleton(TimeProvider.System)
        .Configure<PasswordOptions>(options => options.QueuePerCore = Waiting)
        .AddSingleton<HashGate>()
        .BuildServiceProvider();

    private readonly ManualResetEventSlim _open = new();
    private readonly SemaphoreSlim _entered = new(0);

    private HashGate Gate => _services.GetRequiredService<HashGate>();

    private static int Threads => Environment.ProcessorCount;

    public void Dispose()
    {
        _open.Set();
        _services.Dispose();
    }

    [Fact(DisplayName = "S-30 Who is known does not wait behind those who are not")]
    public async Task Who_is_known_goes_first()
    {
        Task[] inside = await Occupy();
        List<string> order = [];
        Task<string?> Ask(string who, bool known) =>
            Gate.TryRun<string>(
                () =>
                {
                    lock (order)
                        order.Add(who);
                    return who;
                },
                known
            );
        Task<string?>[] strangers =
        [
            .. Enumerable.Range(0, Waiting * Threads).Select(_ => Ask("stranger", known: false)),
        ];
        Task<string?> friend = Ask("friend", known: true);

        _open.Set();
        await Task.WhenAll([.. inside, .. strangers, friend]);

        Assert.InRange(order.IndexOf("friend"), 0, Threads - 1);
    }

    [Fact(DisplayName = "S-51 However many strangers wait, who is known finds a place")]
    public async Task However_many_strangers_wait_who_is_known_finds_a_place()
    {
        await Occupy();
        Task<string?>[] strangers =
        [
            .. Enumerable
                .Range(0, 10 * Waiting * Threads)
                .Select(_ => Gate.TryRun(() => "in", known: false)),
        ];
        Task<string?> friend = Gate.TryRun(() => "in", known: true);

        _open.Set();

        Assert.Equal("in", await friend);
        Assert.Equal(Waiting * Threads, (await Task.WhenAll(strangers)).Count(who => who is "in"));
    }

    [Fact(
        DisplayName = "S-30 S-51 One who is known takes no more than a few places, so that others who are find one"
    )]
    public async Task One_who_is_known_takes_a_few_places()
    {
        UserId greedy = UserId.New(DateTimeOffset.UnixEpoch);
        UserId friend = UserId.New(DateTimeOffset.UnixEpoch);
        Task<string?> Work(UserId user) =>
            Gate.TryRunFor(
                () =>
                {
                    _open.Wait();
                    return "in";
                },
                user
            );
        Task<string?>[] many = [.. Enumerable.Range(0, 100).Select(_ => Work(greedy))];
        Task<string?> one = Work(friend);

        _open.Set();

        Assert.Equal(4, (await Task.WhenAll(many)).Count(who => who is "in"));
        Assert.Equal("in", await one);
        Assert.Equal("in", await Work(greedy));
    }

    // All threads are at work until the gate is opened.
    private async Task<Task[]> Occupy()
    {
        Task[] inside =
        [
            .. Enumerable
                .Range(0, Threads)
                .Select(_ =>
                    Gate.TryRun(
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
            Assert.True(await _entered.WaitAsync(TimeSpan.FromSeconds(20)));
        return inside;
    }
}
