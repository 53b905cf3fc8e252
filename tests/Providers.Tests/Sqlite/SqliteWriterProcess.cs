using System.Diagnostics;

namespace SessionAuth.Providers.Tests.Sqlite;

/// <summary>A second process that opens a store and writes to it: see Program.cs.</summary>
internal sealed class SqliteWriterProcess : IDisposable
{
    private readonly Process _process;

    public SqliteWriterProcess(string directory)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(
            dotnet,
            [typeof(SqliteWriterProcess).Assembly.Location, directory]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>The next line of its output; null when it has ended.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync();

    /// <summary>Kills it like <c>kill -9</c>; returns the remaining lines of its output.</summary>
    public async Task<string[]> KillAsync()
    {
        _process.Kill();
        string rest = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return rest.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Waits until it ends.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        string errors = await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
