using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SessionAuth.Bench.Ladder;

/// <summary>Full load by wrk with 64 connections, which sends the cookies of many browsers in random order.</summary>
internal sealed partial class Wrk : IDisposable
{
    private readonly string _script = Path.GetTempFileName();

    // Beside the script: a Lua function holds 65,536 constants.
    private readonly string _cookies = Path.GetTempFileName();

    /// <summary>A load with these cookies, each as a browser sends it.</summary>
    /// <param name="cookies">The cookies.</param>
    /// <param name="headers">What else each request has; null for nothing.</param>
    public static async Task<Wrk> With(
        IEnumerable<string> cookies,
        IReadOnlyDictionary<string, string>? headers = null
    )
    {
        Wrk wrk = new();
        await File.WriteAllLinesAsync(wrk._cookies, cookies);
        await File.WriteAllTextAsync(
            wrk._script,
            Script(wrk._cookies, headers ?? new Dictionary<string, string>())
        );
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

    public void Dispose()
    {
        File.Delete(_script);
        File.Delete(_cookies);
    }

    private static double Number(Regex pattern, string output) =>
        double.Parse(pattern.Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Script(string cookies, IReadOnlyDictionary<string, string> headers) =>
        $$"""
            local cookies = {}
            for cookie in io.lines("{{cookies}}") do
              cookies[#cookies + 1] = cookie
            end
            math.randomseed(os.time())
            request = function()
              return wrk.format("GET", nil, {
                ["Cookie"] = cookies[math.random(#cookies)],{{Lines(headers)}}
              })
            end
            """;

    private static string Lines(IReadOnlyDictionary<string, string> headers) =>
        string.Concat(headers.Select(header => $" [\"{header.Key}\"] = \"{header.Value}\","));

    [GeneratedRegex(@"([0-9]+) requests in")]
    private static partial Regex Count();

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}

/// <summary>What wrk counted.</summary>
/// <param name="Requests">The requests that were answered.</param>
/// <param name="PerSecond">How many were answered per second.</param>
internal sealed record WrkRun(double Requests, double PerSecond);
