using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Each page in light and dark, on a desktop and a phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageCheckTests(BrowserFixture browser)
{
    [Theory]
    [MemberData(nameof(PageCheck.Screens), MemberType = typeof(PageCheck))]
    public async Task Every_page_fits_the_screen_and_passes_axe(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        PageCheck check = new(scheme, width, height);
        await using Visitor visitor = await browser.NewVisitor(check.Screen());
        string email = $"ada-{Guid.NewGuid().ToString("N")[..6]}@example.org";

        await visitor.Page.GotoAsync("/login");
        await visitor.Heading("Sign in").WaitForAsync();
        await check.Verify(visitor, "sign-in");

        await visitor.SignInHere("nobody@example.org", "not the password");
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await check.Verify(visitor, "sign-in-refused");

        await visitor.Page.GotoAsync("/register");
        await visitor.Fill(email, "password");
        await visitor.Button("Create account").ClickAsync();
        await visitor.Page.GetByText("Too common").WaitForAsync();
        await check.Verify(visitor, "register-refused");

        await visitor.Register(email);
        await visitor.Page.GetByText("on this device only").WaitForAsync();
        await check.Verify(visitor, "account-alone");

        await using Visitor phone = await browser.NewVisitor(check.Screen(UserAgents.Iphone));
        await phone.SignIn(email);
        await using Visitor desktop = await browser.NewVisitor(
            check.Screen(UserAgents.FirefoxOnWindows)
        );
        await desktop.SignIn(email);
        await using Visitor tablet = await browser.NewVisitor(check.Screen(UserAgents.Android));
        await tablet.SignIn(email);
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(4);
        await visitor
            .Page.GetByRole(AriaRole.Button, new() { Name = "End the session of Firefox" })
            .ClickAsync();
        await visitor.Page.GetByText("Recently ended").WaitForAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(3);
        await check.Verify(visitor, "account");

        await desktop.Heading("Sign in").WaitForAsync();
        await visitor.Button("End all others").ClickAsync();
        await check.Verify(visitor, "confirm");
        await visitor.Button("End them").ClickAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(1);
        await Assertions
            .Expect(phone.Page.GetByText("ended from another of your devices").First)
            .ToBeVisibleAsync();
        await check.Verify(phone, "revoked");

        Assert.Empty(visitor.ConsoleErrors);
        await visitor.Page.GotoAsync("/nowhere");
        await check.Verify(visitor, "nowhere");

        await visitor.Page.GotoAsync($"http://127.0.0.1:{browser.Node.Port}/login");
        await visitor.Heading("Wrong address").WaitForAsync();
        Assert.Empty(visitor.ConsoleErrors);
        await check.Verify(visitor, "unknown-host");
        await visitor.Page.GetByRole(AriaRole.Link).ClickAsync();
        await visitor.Heading("Your devices").WaitForAsync();
        Assert.Equal(browser.Node.Url + "/account", visitor.Page.Url);
    }
}
