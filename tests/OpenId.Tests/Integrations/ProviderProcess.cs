using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Testing.Programs;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>A node as people run it, with a file of applications.</summary>
public sealed class ProviderProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private readonly int _port = FreePort.Next();
    private RunningProgram? _program;

    private ProviderProcess() { }

    /// <summary>Its address, with a slash at the end.</summary>
    public string Issuer => $"http://localhost:{_port}/";

    /// <summary>All that it has written.</summary>
    public string Output => _program!.Output;

    public static async Task<ProviderProcess> Start(params RegisteredApplication[] applications)
    {
        ProviderProcess provider = new();
        await File.WriteAllTextAsync(
            Path.Combine(provider._directory, "apps.json"),
            JsonSerializer.Serialize(new { applications }, s_json)
        );
        provider._program = await NodeProgram.Start(
            provider._directory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{provider._port}",
                ["APPS_FILE"] = "apps.json",
                ["TRUSTED_PROXIES"] = "127.0.0.1,::1",
            }
        );
        await provider._program.Says("applications");
        return provider;
    }

    /// <summary>A browser whose user has registered.</summary>
    public async Task<WebBrowser> Registered()
    {
        WebBrowser browser = new(Issuer);
        await browser.Register();
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
