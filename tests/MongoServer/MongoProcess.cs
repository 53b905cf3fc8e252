using System.Diagnostics;
using System.Globalization;
using SessionAuth.MongoServer.DocumentDb;

namespace SessionAuth.MongoServer;

/// <summary>
/// A MongoDB-compatible server for a test: the one that <c>TEST_MONGO_URL</c> names, a <c>mongod</c> from the path, or
/// DocumentDB from Debian's packages. It can be stopped, killed, paused, and started again with its data.
/// </summary>
public sealed class MongoProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly string[] _arguments;
    private readonly string? _data;
    private Process? _process;
    private int _engine;

    private MongoProcess(string url, string program, string[] arguments, string? data)
    {
        ConnectionString = url;
        _program = program;
        _arguments = arguments;
        _data = data;
    }

    /// <summary>The URL for clients. It stays the same across restarts.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server without data.</summary>
    /// <param name="own">Whether the test stops or kills it, so that it must not be shared.</param>
    /// <param name="access">The user and certificate, if clients must authenticate; it is DocumentDB then.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="InvalidOperationException">No server is available on this machine; the message says why.</exception>
    public static async Task<MongoProcess> Start(
        bool own = true,
        MongoAccess? access = null,
        CancellationToken cancellationToken = default
    )
    {
        if (
            !own
            && access is null
            && Environment.GetEnvironmentVariable("TEST_MONGO_URL") is { Length: > 0 } given
        )
            return new(given, "", [], data: null);

        MongoProcess server =
            access is null && Shell.Has("mongod")
                ? FromPath()
                : await FromDebian(access ?? new(), cancellationToken);
        await server.StartAgain(cancellationToken);
        return server;
    }

    /// <summary>Starts it again with its data.</summary>
    public async Task StartAgain(CancellationToken cancellationToken = default)
    {
        ProcessStartInfo start = new(_program, _arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            string text = line.Data ?? "";
            if (text.StartsWith("ENGINE=", StringComparison.Ordinal))
                _engine = int.Parse(text.AsSpan("ENGINE=".Length), CultureInfo.InvariantCulture);
            if (
                text.StartsWith("MONGO_URL=", StringComparison.Ordinal)
                || text.Contains("Waiting for connections", StringComparison.Ordinal)
            )
                ready.TrySetResult();
        };
        _process.BeginOutputReadLine();
        Task first = await Task.WhenAny(
            ready.Task,
            _process.WaitForExitAsync(cancellationToken),
            Task.Delay(StartsWithin, cancellationToken)
        );
        if (first != ready.Task)
            throw new InvalidOperationException("The server did not start.");
    }

    /// <summary>Stops it in order.</summary>
    public async Task Stop()
    {
        if (_process is not { HasExited: false } process)
            return;
        // Not SIGINT: the test runner may ignore it, and child processes inherit that.
        await Signal("-TERM", process.Id);
        await process.WaitForExitAsync();
        _process = null;
    }

    /// <summary>Kills all its processes at once, like a power failure.</summary>
    public async Task Kill()
    {
        if (_process is not { } process)
            return;
        if (_engine != 0)
        {
            using Process engine = Process.GetProcessById(_engine);
            engine.Kill(entireProcessTree: true);
        }
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await Kill();
        if (_data is not null && Directory.Exists(_data))
            Directory.Delete(_data, recursive: true);
    }

    private static MongoProcess FromPath()
    {
        int port = FreePort.Next();
        string data = Directory.CreateTempSubdirectory("sessionauth-mongod-").FullName;
        string text = port.ToString(CultureInfo.InvariantCulture);
        return new(
            $"mongodb://127.0.0.1:{text}/?retryWrites=false",
            "mongod",
            ["--dbpath", data, "--port", text, "--bind_ip", "127.0.0.1"],
            data
        );
    }

    private static async Task<MongoProcess> FromDebian(
        MongoAccess access,
        CancellationToken cancellationToken
    )
    {
        if (EngineImage.Missing() is { } missing)
            throw new InvalidOperationException(
                $"No MongoDB is available: TEST_MONGO_URL is not set, no mongod is on the path, and {missing}."
            );
        await EngineImage.Prepare(cancellationToken);
        int port = FreePort.Next();
        string data = await Engine.NewData(cancellationToken);
        string text = port.ToString(CultureInfo.InvariantCulture);
        return new(
            access.Url(port),
            "dotnet",
            [
                typeof(MongoProcess).Assembly.Location,
                "run",
                "--port",
                text,
                "--data",
                data,
                "--temporary",
                .. access.Arguments(),
            ],
            data
        );
    }

    private static async Task Signal(string signal, int process) =>
        await Shell.Run(
            "kill",
            [signal, process.ToString(CultureInfo.InvariantCulture)],
            CancellationToken.None
        );
}
