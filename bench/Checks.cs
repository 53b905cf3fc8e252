using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SessionAuth.Bench;

/// <summary>Session checks in a second at GET /test, beside the endpoint that does nothing, by wrk with 64 connections.</summary>
internal static partial class Checks
{
    private const int Sessions = 1000;
    private const int Rounds = 3;

    public static async Task Measure(BenchNode node)
    {
        Person[] people = await Person.Register(node, Sessions);
        string script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, Script(people));

        Console.WriteLine($"GET /test with {Sessions} sessions, wrk -t1 -c64:");
        List<double> ratios = [];
        for (int round = 0; round <= Rounds; round++)
        {
            double bare = await Wrk(node.Url + BenchNode.Bare, script);
            double checks = await Wrk(node.Url + "/test", script);
            // The first round is the compiler's.
            if (round == 0)
                continue;
            ratios.Add(checks / bare);
            Console.WriteLine(
                $"  bare {bare:N0}/s, checks {checks:N0}/s, ratio {checks / bare:F2}"
            );
        }

        Console.WriteLine($"  median ratio {ratios.Order().ElementAt(Rounds / 2):F2}");
        File.Delete(script);
        foreach (Person person in people)
            person.Dispose();
    }

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

    private static async Task<double> Wrk(string url, string script)
    {
        ProcessStartInfo start = new("wrk", ["-t1", "-c64", "-d5s", "-s", script, url])
        {
            RedirectStandardOutput = true,
        };
        using Process wrk = Process.Start(start)!;
        string output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal))
            throw new InvalidOperationException($"Not every answer was a good one:\n{output}");
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
