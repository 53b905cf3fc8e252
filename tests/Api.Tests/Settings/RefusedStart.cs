using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SessionAuth.Api.Hosting;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Hosting;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>A start that fails, in the test process.</summary>
/// <param name="Message">What the program prints before it exits.</param>
/// <param name="Log">What was logged.</param>
internal sealed record RefusedStart(string Message, string Log)
{
    public static async Task<RefusedStart> Of(
        string directory,
        IReadOnlyDictionary<string, string> settings,
        params string[] arguments
    )
    {
        Dictionary<string, string?> all = new()
        {
            ["DATA_DIR"] = Path.Combine(directory, "data"),
            ["PORT"] = $"{FreePort.Next()}",
        };
        foreach ((string name, string value) in settings)
            all[name] = value;
        CapturedLog log = new(TimeProvider.System);

        Exception refusal = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using WebApplication node = Node.Build(
                arguments,
                builder =>
                {
                    builder.Configuration.AddInMemoryCollection(all);
                    builder.Logging.ClearProviders().AddProvider(log);
                }
            );
            await node.StartAsync();
            node.ReportReady();
        });

        string? message = StartProblem.Of(refusal);
        Assert.True(message is not null, refusal.ToString());
        Assert.StartsWith("SessionAuth cannot start. ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("   at ", message, StringComparison.Ordinal);
        return new(message, string.Join('\n', log.Lines));
    }
}
