using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SessionAuth.MongoServer.DocumentDb;

/// <summary>A running engine over a data folder.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Engine(Process process, int port)
    {
        _process = process;
        ConnectionString =
            $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;SSL Mode=Disable;"
            + "Maximum Pool Size=150;Max Auto Prepare=40;Auto Prepare Min Usages=2;Command Timeout=30;"
            + "Include Error Detail=true";
    }

    /// <summary>The connection string for PostgreSQL clients.</summary>
    public string ConnectionString { get; }

    /// <summary>The process to kill for an immediate end.</summary>
    public int ProcessId => _process.Id;

    /// <summary>A new data folder.</summary>
    public static async Task<string> NewData(CancellationToken cancellationToken)
    {
        string data = Path.Combine(EngineImage.Root, "data", Guid.NewGuid().ToString("N"));
        await Shell.Run(
            "cp",
            ["-a", "--reflink=auto", EngineImage.Template, data],
            cancellationToken
        );
        return data;
    }

    public static async Task<Engine> Start(string data, CancellationToken cancellationToken)
    {
        int port = FreePort.Next();
        // A killed engine leaves its lock; the folder belongs to this process only.
        File.Delete(Path.Combine(data, "postmaster.pid"));
        ProcessStartInfo start = new(
            "chroot",
            [
                $"--userspec={EngineImage.User}",
                EngineImage.Root,
                $"{EngineImage.Programs}/postgres",
                "-D",
                "/data/" + Path.GetFileName(data),
                "-c",
                $"port={port.ToString(CultureInfo.InvariantCulture)}",
            ]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Engine engine = new(process, port);
        await engine.Ready(cancellationToken);
        return engine;
    }

    /// <summary>Stops the engine in order.</summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        if (!_process.HasExited)
            await Shell.Run(
                "kill",
                ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)],
                cancellationToken
            );
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task Ready(CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(ConnectionString);
        while (true)
        {
            try
            {
                await using NpgsqlCommand ask = database.CreateCommand("SELECT 1");
                await ask.ExecuteScalarAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException) when (!_process.HasExited && clock.Elapsed < StartsWithin)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }
        }
    }
}
