using System.Diagnostics;
using System.Globalization;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A node in its own process that ends before one of its writes, as by kill -9.</summary>
internal sealed class KilledNode : IAsyncDisposable
{
    private const string Listening = "listening at ";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private KilledNode(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    /// <summary>Starts a node on the data of an earlier one.</summary>
    /// <param name="directory">The directory of the data.</param>
    /// <param name="settings">The settings of the node.</param>
    /// <param name="ahead">How far its clock is ahead of the system's.</param>
    /// <param name="writes">How many writes it completes.</param>
    public static async Task<KilledNode> Start(
        string directory,
        IReadOnlyDictionary<string, string> settings,
        TimeSpan ahead,
        int writes
    )
    {
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "SessionAuth.KilledNode.dll")]
        )
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in settings)
            start.Environment[key] = value;
        start.Environment["DATA_DIR"] = directory;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["CLOCK_AHEAD"] = ahead.ToString("c", CultureInfo.InvariantCulture);

        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using CancellationTokenSource patience = new(s_patience);
        string line = await ReadUntil(process, Listening, patience.Token);
        await process.StandardInput.WriteLineAsync($"{writes}");
        await process.StandardInput.FlushAsync(patience.Token);
        await ReadUntil(process, "armed", patience.Token);
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return new(process, line[Listening.Length..]);
    }

    /// <summary>Ends the process if it has not ended yet.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> ReadUntil(
        Process process,
        string expected,
        CancellationToken cancellationToken
    )
    {
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(expected, StringComparison.Ordinal))
                return line;
            lines.Add(line);
        }

        Assert.Fail($"The node ended before it printed '{expected}': {string.Join('\n', lines)}");
        return "";
    }
}
