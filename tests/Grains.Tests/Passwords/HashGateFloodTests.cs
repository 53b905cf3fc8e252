using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>Guesses have threads of their own, which give way to everything.</summary>
public sealed class HashGateFloodTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<HashGate>()
        .BuildServiceProvider();

    private HashGate Gate => _services.GetRequiredService<HashGate>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Strangers_are_taken_for_guessers_while_nearly_all_are_wrong()
    {
        Assert.Equal("password hash", await Thread(known: false));

        Learn(right: false, 100);
        Assert.Equal("password guess", await Thread(known: false));
        Assert.Equal("password hash", await Thread(known: true));

        Learn(right: true, 4);
        Assert.Equal("password hash", await Thread(known: false));
    }

    [Fact]
    public async Task People_who_mistype_are_not_taken_for_guessers()
    {
        for (int i = 0; i < 100; i++)
        {
            Learn(right: false, 4);
            Learn(right: true, 1);
        }

        Assert.Equal("password hash", await Thread(known: false));
    }

    private void Learn(bool right, int times)
    {
        for (int i = 0; i < times; i++)
            Gate.Learn(right);
    }

    private Task<string?> Thread(bool known) =>
        Gate.TryRun(() => System.Threading.Thread.CurrentThread.Name!, known);
}
