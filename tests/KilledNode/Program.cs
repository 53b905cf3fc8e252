using System.Globalization;
using SessionAuth.Api.Hosting;
using SessionAuth.KilledNode;

// Whole nodes in a process that is killed by kill -9 while each of them is about to write. A line on its standard input
// starts one: how many writes succeed after its start, and the directory of its data. CLOCK_AHEAD sets how far the clock of
// all is ahead.
TimeSpan ahead = TimeSpan.Parse(
    Environment.GetEnvironmentVariable("CLOCK_AHEAD") ?? "0",
    CultureInfo.InvariantCulture
);
while (Console.ReadLine() is { } line)
{
    string[] parts = line.Split(' ', 2);
    await Start(int.Parse(parts[0], CultureInfo.InvariantCulture), directory: parts[1]);
}

async Task Start(int writes, string directory)
{
    KillSwitch killSwitch = new();
    WebApplication node = Node.Build(
        ["--urls", "http://127.0.0.1:0"],
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("DATA_DIR", directory)]);
            builder
                .Services.AddSingleton<TimeProvider>(new ClockAhead(ahead))
                .AddSingleton<IStartupFilter>(new KilledAnswers(killSwitch))
                .AddQuickHashes();
            builder.Host.UseServiceProviderFactory(new KilledServices(killSwitch));
        }
    );
    await node.StartAsync();
    killSwitch.Arm(writes);
    Console.WriteLine($"started {node.Urls.First()}");
    killSwitch.Stopped.Register(() => Console.WriteLine($"stopped {node.Urls.First()}"));
}
