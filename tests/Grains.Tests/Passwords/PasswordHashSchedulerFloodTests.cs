using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Grains.Passwords;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>During a flood of failures, hashes for unknown devices run on separate threads of low priority.</summary>
public sealed class PasswordHashSchedulerFloodTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<PasswordHashScheduler>()
        .BuildServiceProvider();

    private PasswordHashScheduler Scheduler =>
        _services.GetRequiredService<PasswordHashScheduler>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Sign_ins_from_unknown_devices_get_low_priority_while_nearly_all_are_wrong()
    {
        Assert.Equal("password hash", await Thread(known: false));

        Record(right: false, 100);
        Assert.Equal("password attack", await Thread(known: false));
        Assert.Equal("password hash", await Thread(known: true));

        Record(right: true, 4);
        Assert.Equal("password hash", await Thread(known: false));
    }

    [Fact]
    public async Task A_usual_share_of_typos_does_not_lower_the_priority()
    {
        for (int i = 0; i < 100; i++)
        {
            Record(right: false, 4);
            Record(right: true, 1);
        }

        Assert.Equal("password hash", await Thread(known: false));
    }

    private void Record(bool right, int times)
    {
        for (int i = 0; i < times; i++)
            Scheduler.RecordResult(right);
    }

    private Task<string?> Thread(bool known) =>
        Scheduler.TryRun(() => System.Threading.Thread.CurrentThread.Name!, known);
}
