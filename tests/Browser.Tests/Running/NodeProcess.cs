using System.Collections.ObjectModel;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>A node in a process of its own, which can be stopped, killed, and started again with its data.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private readonly Dictionary<string, string> _settings = new()
    {
        ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000",
    };
    private RunningProgram? _program;

    private NodeProcess(IReadOnlyDictionary<string, string>? settings)
    {
        _settings["PORT"] = $"{Port}";
        foreach (
            (string name, string value) in settings ?? ReadOnlyDictionary<string, string>.Empty
        )
            _settings[name] = value;
    }

    public int Port { get; } = FreePort.Next();

    public string Url => $"http://localhost:{Port}";

    public static async Task<NodeProcess> Start(
        IReadOnlyDictionary<string, string>? settings = null
    )
    {
        NodeProcess node = new(settings);
        await node.Run();
        return node;
    }

    public Task Kill() => _program!.Kill();

    public async Task Run()
    {
        _program = RunningProgram.StartOwn(NodeProgram.Assembly, _directory, _settings);
        using HttpClient http = new();
        await _program.Serves(async () =>
        {
            using HttpResponseMessage ready = await http.GetAsync(Url + "/healthz/ready");
            return ready.IsSuccessStatusCode;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _program!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
