using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SessionAuth.Testing.Programs;

/// <summary>A program in a process of its own. Its output is kept for failure messages.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _standardOutput = new();
    private readonly StringBuilder _standardError = new();
    private bool _disposed;

    private RunningProgram(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(_standardOutput, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_standardError, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>All that it has written.</summary>
    public string Output => Text(_output);

    public string StandardOutput => Text(_standardOutput);

    public string StandardError => Text(_standardError);

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts one of the programs that are built beside the tests.</summary>
    /// <param name="assembly">The name of its file.</param>
    /// <param name="directory">Its working directory.</param>
    /// <param name="environment">Variables beside those that the tests have.</param>
    /// <param name="arguments">Its arguments.</param>
    public static RunningProgram StartOwn(
        string assembly,
        string directory,
        IReadOnlyDictionary<string, string> environment,
        params IEnumerable<string> arguments
    ) =>
        Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments],
            directory,
            environment
        );

    public static RunningProgram Start(
        string program,
        IEnumerable<string> arguments,
        string directory,
        IReadOnlyDictionary<string, string> environment
    )
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nodes run for seconds: to compile what is called often once more costs more than it saves.
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Waits until it has written a text.</summary>
    public Task Says(string text, TimeSpan? within = null) =>
        Becomes(
            $"say '{text}'",
            within,
            () => Task.FromResult(Output.Contains(text, StringComparison.Ordinal))
        );

    /// <summary>Waits until it answers as it should.</summary>
    public Task Serves(Func<Task<bool>> answers, TimeSpan? within = null) =>
        Becomes(
            "serve",
            within,
            async () =>
            {
                try
                {
                    return await answers();
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            }
        );

    /// <summary>Waits until it ends by itself and all that it wrote has been read.</summary>
    public async Task Ends(TimeSpan? within = null)
    {
        TimeSpan limit = within ?? s_within;
        using CancellationTokenSource patience = new(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw Failure($"did not end within {limit.TotalSeconds} seconds");
        }
    }

    /// <summary>Sends it a signal: <c>TERM</c>, <c>INT</c>, <c>STOP</c>, <c>CONT</c>.</summary>
    public async Task Signal(string name)
    {
        using Process kill = Process.Start(
            "kill",
            ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync();
    }

    /// <summary>Kills it and its child processes, like a power failure.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await Kill();
        _process.Dispose();
    }

    private async Task Becomes(string what, TimeSpan? within, Func<Task<bool>> condition)
    {
        TimeSpan limit = within ?? s_within;
        Stopwatch clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (_process.HasExited)
            {
                await _process.WaitForExitAsync();
                throw Failure($"ended with {ExitCode} before it could {what}");
            }

            if (clock.Elapsed > limit)
                throw Failure($"did not {what} within {limit.TotalSeconds} seconds");
            await Task.Delay(s_pause);
        }
    }

    private InvalidOperationException Failure(string what) =>
        new($"The program {what}. Its output:\n{Output}");

    private void Keep(StringBuilder stream, string? line)
    {
        if (line is null)
            return;
        lock (_output)
        {
            stream.Append(line).Append('\n');
            _output.Append(line).Append('\n');
        }
    }

    private string Text(StringBuilder kept)
    {
        lock (_output)
            return kept.ToString();
    }
}
