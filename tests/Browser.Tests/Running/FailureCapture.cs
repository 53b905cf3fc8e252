using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>Saves the pages of a failed test in <c>artifacts/browser/</c>.</summary>
/// <param name="test">The name of the test.</param>
internal sealed class FailureCapture(string test)
{
    private static readonly bool s_traces =
        Environment.GetEnvironmentVariable("BROWSER_TRACES") is "1";
    private static int s_kept;

    private readonly Failure _failure = Failure.OfThisTest();

    /// <summary>Records a trace if that is asked for: it doubles the time of a test.</summary>
    public static async Task Watch(IBrowserContext context)
    {
        if (s_traces)
            await context.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true });
    }

    /// <summary>Saves the pages if the test has failed.</summary>
    public async Task Keep(IBrowserContext context, IEnumerable<string> consoleErrors)
    {
        if (!_failure.HasHappened)
            return;

        string directory = Path.Combine(Repository.Root, "artifacts", "browser");
        Directory.CreateDirectory(directory);
        string name = Path.Combine(directory, $"{test}-{Interlocked.Increment(ref s_kept)}");
        try
        {
            if (s_traces)
                await context.Tracing.StopAsync(new() { Path = name + ".trace.zip" });
            foreach ((int number, IPage page) in context.Pages.Index())
            {
                string file = $"{name}-page{number}";
                await page.ScreenshotAsync(
                    new()
                    {
                        Path = file + ".png",
                        FullPage = true,
                        Timeout = 5_000,
                    }
                );
                await File.WriteAllTextAsync(
                    file + ".html",
                    $"<!-- {page.Url} -->\n{await page.ContentAsync()}"
                );
            }
            await File.WriteAllLinesAsync(name + ".console.txt", consoleErrors);
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // The failure of the test is reported, not the closed browser.
        }
    }
}
