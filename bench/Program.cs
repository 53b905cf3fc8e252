using SessionAuth.Bench;

string[] all = ["checks", "refreshes", "sign-ins", "memory", "brute-force"];
string[] chosen = args.Length > 0 ? args : all;
if (chosen.Except(all).Any())
{
    Console.Error.WriteLine($"Measurements: {string.Join(' ', all)}");
    return 1;
}

foreach (string what in chosen)
{
    if (what == "brute-force")
    {
        await BruteForce.Measure();
        continue;
    }

    await using BenchNode node = await BenchNode.Start();
    await (
        what switch
        {
            "checks" => Checks.Measure(node),
            "refreshes" => Refreshes.Measure(node),
            "sign-ins" => SignIns.Measure(node),
            _ => Memory.Measure(node),
        }
    );
}

return 0;
