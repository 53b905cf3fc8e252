using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>A node of a cluster: the program itself in a process of its own, which can be stopped in every way.</summary>
public sealed class ClusterNode : IEntrance, IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(90);

    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly IReadOnlyList<string> _launcher;
    private readonly string _directory;
    private readonly List<string> _output = [];
    private Process? _process;

    /// <param name="port">Its <c>PORT</c>, from which its other ports follow.</param>
    /// <param name="host">Where its front end listens.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="directory">Its working directory.</param>
    /// <param name="launcher">What the program is run by: <c>ip netns exec …</c>; nothing for itself.</param>
    public ClusterNode(
        int port,
        string host,
        IReadOnlyDictionary<string, string> environment,
        string directory,
        params IReadOnlyList<string> launcher
    )
    {
        Port = port;
        Url = $"http://{host}:{port.ToString(CultureInfo.InvariantCulture)}";
        _environment = environment;
        _directory = directory;
        _launcher = launcher;
        Http = new(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                MaxConnectionsPerServer = 200,
                ConnectTimeout = TimeSpan.FromSeconds(5),
            }
        )
        {
            BaseAddress = new(Url),
            Timeout = TimeSpan.FromSeconds(100),
        };
        if (environment.TryGetValue("API_URL", out string? api))
        {
            // As the proxy would.
            Http.DefaultRequestHeaders.Host = new Uri(api).Authority;
            Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        }
    }

    public int Port { get; }

    public string Url { get; }

    /// <summary>The name of its database.</summary>
    public string Database => _environment["MONGO_DATABASE"];

    public string Origin => _environment.GetValueOrDefault("PUBLIC_URL", Url);

    public HttpClient Http { get; }

    /// <summary>What it runs.</summary>
    public string Program { get; init; } = "SessionAuth.Api.dll";

    /// <summary>Whether load is sent to it.</summary>
    public bool TakesLoad { get; set; } = true;

    /// <summary>Everything that it wrote, over all its starts.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    public async Task Start()
    {
        Launch();
        Stopwatch clock = Stopwatch.StartNew();
        while (!await IsReady())
        {
            Assert.False(_process!.HasExited, Output);
            Assert.True(clock.Elapsed < StartsWithin, Output);
            await Task.Delay(50);
        }
    }

    /// <summary>Starts it where it has no front end to ask: it says when it is ready.</summary>
    public async Task StartSilo()
    {
        Launch();
        Stopwatch clock = Stopwatch.StartNew();
        while (!Output.Contains("The silo is ready", StringComparison.Ordinal))
        {
            Assert.False(_process!.HasExited, Output);
            Assert.True(clock.Elapsed < StartsWithin, Output);
            await Task.Delay(50);
        }
    }

    /// <summary>Starts it where it is to give up by itself; its exit code.</summary>
    public async Task<int> RunToItsEnd(TimeSpan within)
    {
        Launch();
        using CancellationTokenSource patience = new(within);
        try
        {
            await _process!.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It has not ended within {within}: {Output}");
        }
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop.</summary>
    public Task Terminate() => Signal("TERM");

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task Stop()
    {
        await Signal("TERM");
        await _process!.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        if (_process is not { HasExited: false } process)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Stops its threads where they are.</summary>
    public Task Pause() => Signal("STOP");

    /// <summary>Lets them go on, as if no time had passed.</summary>
    public Task Resume() => Signal("CONT");

    public async Task<bool> IsReady()
    {
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
            using HttpResponseMessage ready = await Http.GetAsync("/healthz/ready", patience.Token);
            return ready.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process?.Dispose();
        _process = null;
        Http.Dispose();
    }

    private void Launch()
    {
        string[] command =
        [
            .. _launcher,
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, Program),
            "--urls",
            Url,
        ];
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in _environment)
            start.Environment[key] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.Add(line.Data ?? "");
    }

    private async Task Signal(string name)
    {
        using Process kill = Process.Start(
            "kill",
            ["-" + name, _process!.Id.ToString(CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync();
    }
}
