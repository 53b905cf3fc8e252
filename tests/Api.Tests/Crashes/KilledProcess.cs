using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A process with whole nodes, each of which stops before one of its writes, so that one kill -9 meets all of them there.</summary>
internal sealed class KilledProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();

    private KilledProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the process, without a node.</summary>
    /// <param name="settings">The settings of all its nodes.</param>
    /// <param name="ahead">How far their clock is ahead of the system's.</param>
    public static KilledProcess Start(IReadOnlyDictionary<string, string> settings, TimeSpan ahead)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "SessionAuth.KilledNode.dll")]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // It lives for seconds: to compile what is called often once more costs more than it saves.
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        foreach ((string key, string value) in settings)
            start.Environment[key] = value;
        start.Environment["CLOCK_AHEAD"] = ahead.ToString("c", CultureInfo.InvariantCulture);
        return new(Process.Start(start)!);
    }

    /// <summary>Starts a node; its URL.</summary>
    /// <param name="directory">Its data, which may be that of an earlier node.</param>
    /// <param name="writes">How many writes it completes.</param>
    public async Task<string> StartNode(string directory, int writes = int.MaxValue)
    {
        await _process.StandardInput.WriteLineAsync($"{writes} {directory}");
        await _process.StandardInput.FlushAsync();
        return await Says("started ");
    }

    /// <summary>Waits until the node that was started last has stopped before a write.</summary>
    public Task NodeStops() => Says("stopped ");

    /// <summary>Kills the process like a power failure.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> Says(string beginning)
    {
        using CancellationTokenSource patience = new(s_patience);
        List<string> lines = [];
        await foreach (string line in _output.Reader.ReadAllAsync(patience.Token))
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line[beginning.Length..];
            lines.Add(line);
        }

        Assert.Fail(
            $"The process ended before it printed '{beginning}': {string.Join('\n', lines)}"
        );
        return "";
    }

    private void Keep(string? line)
    {
        if (line is null)
            _output.Writer.TryComplete();
        else
            _output.Writer.TryWrite(line);
    }
}
