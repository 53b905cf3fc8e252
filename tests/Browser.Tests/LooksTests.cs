using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Each page in light and dark, on a desktop and a phone. Where SCREENSHOTS names a directory, its picture is kept there.</summary>
[Collection(BrowserTests.Name)]
public sealed class LooksTests(BrowserFixture browser)
{
    public static TheoryData<ColorScheme, int, int> Screens =>
        new()
        {
            { ColorScheme.Light, 1280, 800 },
            { ColorScheme.Dark, 1280, 800 },
            { ColorScheme.Light, 390, 844 },
            { ColorScheme.Dark, 390, 844 },
        };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Every_page_fits_the_screen_and_axe_finds_nothing(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        BrowserNewContextOptions Screen(string? userAgent = null) =>
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = height },
                ReducedMotion = ReducedMotion.Reduce,
                UserAgent = userAgent,
            };

        await using Visitor visitor = await browser.NewVisitor(Screen());
        string screen = $"{scheme}-{(width > 600 ? "desktop" : "phone")}".ToLowerInvariant();
        string address = $"ada-{Guid.NewGuid().ToString("N")[..6]}@example.org";

        await visitor.Page.GotoAsync("/login");
        await visitor.Heading("Sign in").WaitForAsync();
        await Look(visitor, $"sign-in-{screen}");

        await visitor.SignInHere("nobody@example.org", "not the password");
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await Look(visitor, $"sign-in-refused-{screen}");

        await visitor.Page.GotoAsync("/register");
        await visitor.Fill(address, "password");
        await visitor.Button("Create account").ClickAsync();
        await visitor.Page.GetByText("Too common").WaitForAsync();
        await Look(visitor, $"register-refused-{screen}");

        await visitor.Register(address);
        await visitor.Page.GetByText("on this device only").WaitForAsync();
        await Look(visitor, $"account-alone-{screen}");

        await using Visitor phone = await browser.NewVisitor(Screen(UserAgents.Iphone));
        await phone.SignIn(address);
        await using Visitor desktop = await browser.NewVisitor(Screen(UserAgents.FirefoxOnWindows));
        await desktop.SignIn(address);
        await using Visitor tablet = await browser.NewVisitor(Screen(UserAgents.Android));
        await tablet.SignIn(address);
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(4);
        await visitor
            .Page.GetByRole(AriaRole.Button, new() { Name = "End the session of Firefox" })
            .ClickAsync();
        await visitor.Page.GetByText("Recently ended").WaitForAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(3);
        await Look(visitor, $"account-{screen}");

        await desktop.Heading("Sign in").WaitForAsync();
        await visitor.Button("End all others").ClickAsync();
        await Look(visitor, $"confirm-{screen}");
        await visitor.Button("End them").ClickAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(1);
        await Assertions
            .Expect(phone.Page.GetByText("ended from another of your devices").First)
            .ToBeVisibleAsync();
        await Look(phone, $"revoked-{screen}");

        Assert.Empty(visitor.Complaints);
        await visitor.Page.GotoAsync("/nowhere");
        await Look(visitor, $"nowhere-{screen}");
    }

    private static async Task Look(Visitor visitor, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } directory)
            await visitor.Page.ScreenshotAsync(
                new() { Path = Path.Combine(directory, name + ".png") }
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
