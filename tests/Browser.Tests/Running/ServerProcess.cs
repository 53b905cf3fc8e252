using System.Diagnostics;
using System.Text;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>A program that serves, in a process of its own. What it writes is kept, for when it does not serve.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts one of our own programs.</summary>
    public static ServerProcess StartOwn(
        string assembly,
        string directory,
        IReadOnlyDictionary<string, string> environment
    ) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly)], directory, environment);

    public static ServerProcess Start(
        string program,
        string[] arguments,
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
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new(start);
    }

    /// <summary>Waits until it answers as it should.</summary>
    public async Task Serves(Func<Task<bool>> answers)
    {
        await Eventually.Holds(
            StartsWithin,
            async () =>
            {
                Assert.False(_process.HasExited, Output);
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
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
