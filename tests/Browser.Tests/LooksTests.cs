using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Each page in light and dark, on a desktop and a phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class LooksTests(BrowserFixture browser)
{
    [Theory]
    [MemberData(nameof(Looks.Screens), MemberType = typeof(Looks))]
    public async Task Every_page_fits_the_screen_and_axe_finds_nothing(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        Looks looks = new(scheme, width, height);
        await using Visitor visitor = await browser.NewVisitor(looks.Screen());
        string address = $"ada-{Guid.NewGuid().ToString("N")[..6]}@example.org";

        await visitor.Page.GotoAsync("/login");
        await visitor.Heading("Sign in").WaitForAsync();
        await looks.At(visitor, "sign-in");

        await visitor.SignInHere("nobody@example.org", "not the password");
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await looks.At(visitor, "sign-in-refused");

        await visitor.Page.GotoAsync("/register");
        await visitor.Fill(address, "password");
        await visitor.Button("Create account").ClickAsync();
        await visitor.Page.GetByText("Too common").WaitForAsync();
        await looks.At(visitor, "register-refused");

        await visitor.Register(address);
        await visitor.Page.GetByText("on this device only").WaitForAsync();
        await looks.At(visitor, "account-alone");

        await using Visitor phone = await browser.NewVisitor(looks.Screen(UserAgents.Iphone));
        await phone.SignIn(address);
        await using Visitor desktop = await browser.NewVisitor(
            looks.Screen(UserAgents.FirefoxOnWindows)
        );
        await desktop.SignIn(address);
        await using Visitor tablet = await browser.NewVisitor(looks.Screen(UserAgents.Android));
        await tablet.SignIn(address);
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(4);
        await visitor
            .Page.GetByRole(AriaRole.Button, new() { Name = "End the session of Firefox" })
            .ClickAsync();
        await visitor.Page.GetByText("Recently ended").WaitForAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(3);
        await looks.At(visitor, "account");

        await desktop.Heading("Sign in").WaitForAsync();
        await visitor.Button("End all others").ClickAsync();
        await looks.At(visitor, "confirm");
        await visitor.Button("End them").ClickAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(1);
        await Assertions
            .Expect(phone.Page.GetByText("ended from another of your devices").First)
            .ToBeVisibleAsync();
        await looks.At(phone, "revoked");

        Assert.Empty(visitor.Complaints);
        await visitor.Page.GotoAsync("/nowhere");
        await looks.At(visitor, "nowhere");

        await visitor.Page.GotoAsync($"http://127.0.0.1:{browser.Node.Port}/login");
        await visitor.Heading("These pages have another address").WaitForAsync();
        await looks.At(visitor, "elsewhere");
        await visitor.Page.GetByRole(AriaRole.Link).ClickAsync();
        await visitor.Heading("Your devices").WaitForAsync();
        Assert.Equal(browser.Node.Url + "/account", visitor.Page.Url);
    }
}
