using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>
/// Checks pages with axe and against the width of the screen, and saves a screenshot if SCREENSHOTS names a directory.
/// </summary>
public sealed record PageCheck(ColorScheme Scheme, int Width, int Height)
{
    public static TheoryData<ColorScheme, int, int> Screens =>
        new()
        {
            { ColorScheme.Light, 1280, 800 },
            { ColorScheme.Dark, 1280, 800 },
            { ColorScheme.Light, 390, 844 },
            { ColorScheme.Dark, 390, 844 },
        };

    /// <summary>The options of a browser with this screen.</summary>
    public BrowserNewContextOptions Screen(string? userAgent = null) =>
        new()
        {
            ColorScheme = Scheme,
            ViewportSize = new() { Width = Width, Height = Height },
            ReducedMotion = ReducedMotion.Reduce,
            UserAgent = userAgent,
        };

    /// <summary>Checks the page in its current state.</summary>
    /// <param name="visitor">The visitor whose page is checked.</param>
    /// <param name="state">The name of the state in the file name.</param>
    /// <param name="whole">Whether the screenshot is of the whole page.</param>
    public async Task Verify(Visitor visitor, string state, bool whole = false)
    {
        string name = $"{state}-{Scheme}-{(Width > 600 ? "desktop" : "phone")}".ToLowerInvariant();
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } directory)
            await visitor.Page.ScreenshotAsync(
                new() { Path = Path.Combine(directory, name + ".png"), FullPage = whole }
            );

        string[] found = await Axe.Violations(visitor.Page);
        Assert.True(found.Length == 0, $"{name}: {string.Join("; ", found)}");
        Assert.True(
            await visitor.Page.EvaluateAsync<bool>(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ),
            $"{name} is wider than its screen"
        );
    }
}
