using System.Globalization;
using SessionAuth.Api.Hosting;
using SessionAuth.KilledNode;

// A whole node whose process is killed, as by kill -9, before one of its writes. ASPNETCORE_URLS sets where it listens,
// and CLOCK_AHEAD how far its clock is ahead. A number on its standard input sets how many more writes succeed.
KillSwitch killSwitch = new();
TimeSpan ahead = TimeSpan.Parse(
    Environment.GetEnvironmentVariable("CLOCK_AHEAD") ?? "0",
    CultureInfo.InvariantCulture
);
await using WebApplication node = Node.Build(
    args,
    builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(new ClockAhead(ahead));
        builder.Host.UseServiceProviderFactory(new KilledServices(killSwitch));
    }
);
await node.StartAsync();
Console.WriteLine($"listening at {node.Urls.First()}");
while (Console.ReadLine() is { } line)
{
    killSwitch.Arm(int.Parse(line, CultureInfo.InvariantCulture));
    Console.WriteLine("armed");
}
