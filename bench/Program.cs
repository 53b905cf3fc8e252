using SessionAuth.Api.Hosting;
using SessionAuth.Bench;
using SessionAuth.Bench.Applications;
using SessionAuth.Bench.Growth;
using SessionAuth.Bench.Growth.Costs;
using SessionAuth.Bench.Ladder;
using SessionAuth.Bench.Peers;
using SessionAuth.Bench.Revocations;
using SessionAuth.Bench.Servers;
using SessionAuth.Bench.Sessions;
using SessionAuth.Bench.Warming;

// A server that is measured, in a process of its own.
if (args is ["serve", { } server])
{
    await ServedProcess.Run(server);
    return 0;
}

// A node of a cluster with the grains of the measurements, likewise.
if (args is [MessageCosts.NodeProgram])
{
    await Node.Run([]);
    return 0;
}

string[] ofOneNode = ["refreshes", "sign-ins", "memory", "brute-force"];

// They start many processes and take longer: only when they are asked for.
string[] all =
[
    .. ofOneNode,
    "checks",
    "sessions",
    "warming",
    "revocations",
    "growth",
    "peers",
    "applications",
];
string[] chosen = args.Length > 0 ? args : ofOneNode;
if (chosen.Except(all).Any())
{
    Console.Error.WriteLine($"Measurements: {string.Join(' ', all)}");
    return 1;
}

if (chosen.Contains("peers") && Prerequisites.Missing() is { Count: > 0 } missing)
{
    Console.Error.WriteLine(
        "The comparison with peers needs more; from the root of the repository:"
    );
    foreach (string command in missing)
        Console.Error.WriteLine($"  {command}");
    return 1;
}

foreach (string what in chosen)
{
    if (OfOwnProcesses(what) is { } measure)
    {
        await measure();
        continue;
    }

    await using BenchNode node = await BenchNode.Start();
    await (
        what switch
        {
            "refreshes" => Refreshes.Measure(node),
            "sign-ins" => SignIns.Measure(node),
            _ => Memory.Measure(node),
        }
    );
}

return 0;

static Func<Task>? OfOwnProcesses(string what) =>
    what switch
    {
        "checks" => Checks.Measure,
        "peers" => Peers.Measure,
        "sessions" => ManySessions.Measure,
        "warming" => FreshNode.Measure,
        "brute-force" => BruteForce.Measure,
        "revocations" => RevocationTimes.Measure,
        "growth" => ClusterGrowth.Measure,
        "applications" => ApplicationChecks.Measure,
        _ => null,
    };
