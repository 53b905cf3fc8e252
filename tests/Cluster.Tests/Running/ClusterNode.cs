using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>
/// A node of a cluster: the program in a process of its own, which can be stopped, killed and suspended.
/// </summary>
public sealed class ClusterNode : IRequestTarget, IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromMinutes(3);

    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly IReadOnlyList<string> _launcher;
    private readonly string _directory;
    private ImmutableArray<RunningProgram> _starts = [];

    /// <param name="port">Its <c>PORT</c>, from which its other ports follow.</param>
    /// <param name="host">The host of its front end.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="directory">Its working directory.</param>
    /// <param name="launcher">
    /// The command that runs the program, such as <c>ip netns exec …</c>; empty for none.
    /// </param>
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
            // As the proxy does.
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

    /// <summary>The program.</summary>
    public string Program { get; init; } = NodeProgram.Assembly;

    /// <summary>Whether it gets a share of the load.</summary>
    public bool TakesLoad { get; set; } = true;

    public bool IsRunning => !_starts.IsEmpty && !Running.HasEnded;

    /// <summary>Where other silos reach its silo, as its cluster writes it.</summary>
    public string SiloEndpoint =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_environment.GetValueOrDefault("ADVERTISED_ADDRESS", "127.0.0.1")}:{Port + 10_000}"
        );

    /// <summary>Its whole output, over all starts.</summary>
    public string Output => string.Concat(_starts.Select(program => program.Output));

    private RunningProgram Running => _starts[^1];

    public Task Start()
    {
        Launch();
        return Running.Serves(IsReady, StartsWithin);
    }

    /// <summary>Starts it without a front end: its log says when it is ready.</summary>
    public Task StartSilo()
    {
        Launch();
        return Running.Says("The silo is ready", StartsWithin);
    }

    /// <summary>Starts it and waits for its exit; returns the exit code.</summary>
    public async Task<int> RunToItsEnd(TimeSpan within)
    {
        Launch();
        await Running.Ends(within);
        return Running.ExitCode;
    }

    /// <summary>Runs a command of the program beside it, with its settings, as a client of the cluster.</summary>
    public Task<(int ExitCode, string Output)> RunCommand(params string[] arguments) =>
        NodeProgram.RunToItsEnd(
            _directory,
            new Dictionary<string, string>(_environment) { ["ORLEANS_ROLE"] = "client" },
            arguments
        );

    /// <summary>Sends SIGTERM.</summary>
    public Task Terminate() => Running.Signal("TERM");

    /// <summary>Sends SIGTERM and waits for the exit.</summary>
    public async Task Stop()
    {
        await Terminate();
        await Running.Ends(StopsWithin);
        Assert.Equal(0, Running.ExitCode);
    }

    /// <summary>Kills it, like a power failure.</summary>
    public Task Kill() => _starts.IsEmpty ? Task.CompletedTask : Running.Kill();

    /// <summary>Suspends its process.</summary>
    public Task Pause() => Running.Signal("STOP");

    /// <summary>Resumes its process.</summary>
    public Task Resume() => Running.Signal("CONT");

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
        foreach (RunningProgram program in _starts)
            await program.DisposeAsync();
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
        _starts = _starts.Add(
            RunningProgram.Start(command[0], command.Skip(1), _directory, _environment)
        );
    }
}
