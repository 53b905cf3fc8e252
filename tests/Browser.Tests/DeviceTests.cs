using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>The list of devices and ending their sessions, in two browsers.</summary>
[Collection(BrowserTests.Name)]
public sealed class DeviceTests(BrowserFixture browser)
{
    private const float WithinASecond = 1000;

    [Fact]
    public async Task Registered_user_sees_one_device_and_after_a_sign_in_elsewhere_two()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor(
            new() { UserAgent = UserAgents.Iphone }
        );

        await laptop.Register(email);
        await Assertions.Expect(laptop.Devices).ToHaveCountAsync(1);
        await Assertions.Expect(laptop.Devices.First).ToContainTextAsync("This device");

        await phone.SignIn(email);
        await Assertions.Expect(phone.Devices).ToHaveCountAsync(2);
        await Assertions.Expect(phone.Devices.First).ToContainTextAsync("Safari 18 on iPhone");
        await Assertions.Expect(phone.Devices.First).ToContainTextAsync("This device");
    }

    [Fact(
        DisplayName = "S-19 Page whose session another device ends shows the reason and the sign-in form within a second"
    )]
    public async Task Page_whose_session_another_device_ends_shows_the_reason_and_the_sign_in_form_within_a_second()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor(
            new() { UserAgent = UserAgents.Iphone }
        );
        await laptop.Register(email);
        await phone.SignIn(email);
        await laptop.Page.ReloadAsync();
        await phone.Page.EvaluateAsync("window.loadedBefore = true");

        await laptop
            .Page.GetByRole(AriaRole.Button, new() { Name = "End the session of Safari 18" })
            .ClickAsync();

        await Assertions
            .Expect(
                phone.Page.GetByText("This session was ended from another of your devices.").First
            )
            .ToBeVisibleAsync(new() { Timeout = WithinASecond });
        await Assertions.Expect(phone.Page.GetByLabel("Email")).ToBeVisibleAsync();
        Assert.DoesNotContain(email, await phone.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.True(
            await phone.Page.EvaluateAsync<bool>("window.loadedBefore"),
            "the page was reloaded"
        );

        await phone.SignInHere(email);
        await Assertions.Expect(phone.Heading("Your devices")).ToBeVisibleAsync();
        Assert.True(
            await phone.Page.EvaluateAsync<bool>("window.loadedBefore"),
            "the page was reloaded"
        );
    }

    [Fact]
    public async Task All_other_sessions_end_with_one_button_after_a_confirmation()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await using Visitor tablet = await browser.NewVisitor();
        await laptop.Register(email);
        await phone.SignIn(email);
        await tablet.SignIn(email);
        await laptop.Page.ReloadAsync();

        await laptop.Button("End all others").ClickAsync();
        await laptop.Button("Keep them").ClickAsync();
        await Assertions.Expect(laptop.Devices).ToHaveCountAsync(3);
        await laptop.Button("End all others").ClickAsync();
        await laptop.Button("End them").ClickAsync();

        await Assertions.Expect(laptop.Devices).ToHaveCountAsync(1);
        await Assertions.Expect(phone.Heading("Sign in")).ToBeVisibleAsync();
        await Assertions.Expect(tablet.Heading("Sign in")).ToBeVisibleAsync();
    }

    [Fact(
        DisplayName = "S-22 After signing out the page is empty and the back button shows nothing"
    )]
    public async Task After_signing_out_the_page_is_empty_and_the_back_button_shows_nothing()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(email);

        await visitor.Button("Sign out").ClickAsync();
        await visitor.Heading("Sign in").WaitForAsync();
        Assert.DoesNotContain(email, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        // The mark of a known device is not a session and stays.
        BrowserContextCookiesResult left = Assert.Single(await visitor.Context.CookiesAsync());
        Assert.Equal("deviceToken", left.Name);

        await visitor.Page.GotoAsync("/robots.txt");
        await visitor.Page.GoBackAsync();
        await visitor.Heading("Sign in").WaitForAsync();
        Assert.DoesNotContain(email, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "S-52 User agent that contains markup is shown as text and runs nothing")]
    public async Task User_agent_that_contains_markup_is_shown_as_text_and_runs_nothing()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor attacker = await browser.NewVisitor(
            new() { UserAgent = "<img src=x onerror=\"window.owned=true\"> Chrome/<b>1</b>" }
        );
        await laptop.Register(email);
        await attacker.SignIn(email);

        await laptop.Page.ReloadAsync();
        await Assertions.Expect(laptop.Devices).ToHaveCountAsync(2);

        Assert.False(await laptop.Page.EvaluateAsync<bool>("'owned' in window"));
        Assert.Equal(0, await laptop.Devices.Locator("img, b").CountAsync());
        Assert.Empty(laptop.ConsoleErrors);
    }
}
