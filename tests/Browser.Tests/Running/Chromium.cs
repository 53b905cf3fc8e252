using System.Collections;
using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>The machine's own Chromium, without background activity.</summary>
/// <remarks>
/// By default the one that never has windows: the other also builds their contents, which costs more than twice the
/// processor time. Pages, network and cookies are the same code in both.
/// </remarks>
internal static class Chromium
{
    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Pages of one site and profile share a process, and none is started in advance. Sites stay isolated.
        "--renderer-process-limit=1",
    ];

    /// <param name="playwright">The Playwright driver.</param>
    /// <param name="home">The home directory of its user, if it is not that of the test process.</param>
    /// <param name="flags">More flags.</param>
    public static Task<IBrowser> Launch(
        IPlaywright playwright,
        string? home = null,
        params string[] flags
    ) =>
        playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath =
                    Environment.GetEnvironmentVariable("CHROMIUM")
                    ?? "/usr/bin/chromium-headless-shell",
                Args = [.. Flags, .. flags],
                Env = home is null ? null : EnvironmentOf(home),
            }
        );

    private static Dictionary<string, string> EnvironmentOf(string home)
    {
        Dictionary<string, string> environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        environment["HOME"] = home;
        return environment;
    }
}
