using System.Diagnostics;
using System.Globalization;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A node in a process of its own, which ends as by kill -9 before one of its writes.</summary>
internal sealed class KilledNode : IAsyncDisposable
{
    private const string Listening = "listening at ";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private KilledNode(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    /// <summary>Starts one on the data of an earlier node.</summary>
    /// <param name="directory">The data.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="ahead">How far its clock is ahead.</param>
    /// <param name="writes">How many writes are to come to pass.</param>
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
        string line = await Says(process, Listening, patience.Token);
        await process.StandardInput.WriteLineAsync($"{writes}");
        await process.StandardInput.FlushAsync(patience.Token);
        await Says(process, "armed", patience.Token);
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return new(process, line[Listening.Length..]);
    }

    /// <summary>Waits until it has ended, or ends it in the same way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> Says(
        Process process,
        string what,
        CancellationToken cancellationToken
    )
    {
        List<string> said = [];
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(what, StringComparison.Ordinal))
                return line;
            said.Add(line);
        }

        Assert.Fail($"It ended before it said '{what}': {string.Join('\n', said)}");
        return "";
    }
}
