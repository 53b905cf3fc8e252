using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SessionAuth.Bench;

/// <summary>
/// Session checks per second at GET /test, beside the baseline endpoint, measured by wrk with 64 connections.
/// </summary>
internal sealed partial class Checks : IDisposable
{
    private const int Sessions = 1000;
    private const int Rounds = 3;
    private const int Seconds = 5;

    private readonly string _script = Path.GetTempFileName();

    /// <summary>Checks the sessions of these people in turn.</summary>
    public static async Task<Checks> Of(Person[] people)
    {
        Checks checks = new();
        await File.WriteAllTextAsync(checks._script, Script(people));
        return checks;
    }

    public static async Task Measure(BenchNode node)
    {
        Person[] people = await Person.Register(node.Url, Sessions);
        using Checks wrk = await Of(people);

        Console.WriteLine($"GET /test with {Sessions} sessions, wrk -t1 -c64:");
        List<double> ratios = [];
        for (int round = 0; round <= Rounds; round++)
        {
            double baseline = await wrk.PerSecond(node.Url + BenchNode.Baseline, Seconds);
            double checks = await wrk.PerSecond(node.Url + "/test", Seconds);
            // The first round warms up the JIT.
            if (round == 0)
                continue;
            ratios.Add(checks / baseline);
            Console.WriteLine(
                $"  baseline {baseline:N0}/s, checks {checks:N0}/s, ratio {checks / baseline:F2}"
            );
        }

        Console.WriteLine($"  median ratio {ratios.Order().ElementAt(Rounds / 2):F2}");
        foreach (Person person in people)
            person.Dispose();
    }

    /// <summary>The number of answers per second at full load.</summary>
    public async Task<double> PerSecond(string url, int seconds)
    {
        ProcessStartInfo start = new("wrk", ["-t1", "-c64", $"-d{seconds}s", "-s", _script, url])
        {
            RedirectStandardOutput = true,
        };
        using Process wrk = Process.Start(start)!;
        string output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal))
            throw new InvalidOperationException($"Not every request succeeded:\n{output}");
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    public void Dispose() => File.Delete(_script);

    private static string Script(Person[] people) =>
        $$"""
            local cookies = {
            {{string.Join(",\n", people.Select(person => $"\"{person.Cookie}\""))}}
            }
            local turn = 0
            request = function()
              turn = turn % #cookies + 1
              return wrk.format("GET", nil, { ["Cookie"] = cookies[turn] })
            end
            """;

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
