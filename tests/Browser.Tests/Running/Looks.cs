using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>How pages look: to axe, to the screen that they have to fit, and to people, for whom a picture is kept where SCREENSHOTS names a directory.</summary>
public sealed record Looks(ColorScheme Scheme, int Width, int Height)
{
    public static TheoryData<ColorScheme, int, int> Screens =>
        new()
        {
            { ColorScheme.Light, 1280, 800 },
            { ColorScheme.Dark, 1280, 800 },
            { ColorScheme.Light, 390, 844 },
            { ColorScheme.Dark, 390, 844 },
        };

    /// <summary>A browser with such a screen.</summary>
    public BrowserNewContextOptions Screen(string? userAgent = null) =>
        new()
        {
            ColorScheme = Scheme,
            ViewportSize = new() { Width = Width, Height = Height },
            ReducedMotion = ReducedMotion.Reduce,
            UserAgent = userAgent,
        };

    /// <summary>Looks at the page as it is now.</summary>
    /// <param name="visitor">In front of whom it is.</param>
    /// <param name="state">What it is called in a picture's name.</param>
    /// <param name="whole">Whether the picture is of the whole page.</param>
    public async Task At(Visitor visitor, string state, bool whole = false)
    {
        string name = $"{state}-{Scheme}-{(Width > 600 ? "desktop" : "phone")}".ToLowerInvariant();
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } directory)
            await visitor.Page.ScreenshotAsync(
                new() { Path = Path.Combine(directory, name + ".png"), FullPage = whole }
            );

        AxeResult found = await visitor.Page.RunAxe();
        Assert.True(
            found.Violations.Length == 0,
            $"{name}: "
                + string.Join(
                    "; ",
                    found.Violations.Select(v => $"{v.Id}: {v.Help} {v.Nodes[0].Html}")
                )
        );
        Assert.True(
            await visitor.Page.EvaluateAsync<bool>(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ),
            $"{name} is wider than its screen"
        );
    }
}
