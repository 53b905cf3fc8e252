using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SessionAuth.Bench;

/// <summary>Full load by wrk with 64 connections, which sends the cookies of many browsers in turn.</summary>
internal sealed partial class Wrk : IDisposable
{
    private readonly string _script = Path.GetTempFileName();

    /// <summary>A load with these cookies, each as a browser sends it.</summary>
    public static async Task<Wrk> With(IEnumerable<string> cookies)
    {
        Wrk wrk = new();
        await File.WriteAllTextAsync(wrk._script, Script(cookies));
        return wrk;
    }

    /// <summary>Asks for some time; every answer must be a success.</summary>
    public async Task<WrkRun> Run(string url, int seconds)
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
        return new(Number(Count(), output), Number(Rate(), output));
    }

    public void Dispose() => File.Delete(_script);

    private static double Number(Regex pattern, string output) =>
        double.Parse(pattern.Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Script(IEnumerable<string> cookies) =>
        $$"""
            local cookies = {
            {{string.Join(",\n", cookies.Select(cookie => $"\"{cookie}\""))}}
            }
            local turn = 0
            request = function()
              turn = turn % #cookies + 1
              return wrk.format("GET", nil, { ["Cookie"] = cookies[turn] })
            end
            """;

    [GeneratedRegex(@"([0-9]+) requests in")]
    private static partial Regex Count();

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}

/// <summary>What wrk counted.</summary>
/// <param name="Requests">The requests that were answered.</param>
/// <param name="PerSecond">How many were answered per second.</param>
internal sealed record WrkRun(double Requests, double PerSecond);
