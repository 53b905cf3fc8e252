using SessionAuth.Bench;
using SessionAuth.Bench.Servers;

// A server that is measured, in a process of its own.
if (args is ["serve", { } server])
{
    await ServedProcess.Run(server);
    return 0;
}

string[] all = ["checks", "refreshes", "sign-ins", "memory", "brute-force"];
string[] chosen = args.Length > 0 ? args : all;
if (chosen.Except(all).Any())
{
    Console.Error.WriteLine($"Measurements: {string.Join(' ', all)}");
    return 1;
}

foreach (string what in chosen)
{
    if (what is "checks" or "brute-force")
    {
        await (what == "checks" ? Checks.Measure() : BruteForce.Measure());
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
