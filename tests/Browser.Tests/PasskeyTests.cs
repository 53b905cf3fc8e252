using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Passkeys with Chromium's virtual authenticator.</summary>
[Collection(BrowserTests.Name)]
public sealed class PasskeyTests(BrowserFixture browser)
{
    [Fact]
    public async Task Passkey_alone_signs_in_and_no_longer_after_it_is_removed()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys();
        await visitor.Register(email);
        await visitor.AddPasskey("Laptop of <b>Ada</b>");
        await visitor.SignOut();

        await SignIn(visitor);
        await visitor.Heading("Your devices").WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Banner).GetByText(email))
            .ToBeVisibleAsync();
        await visitor.GoToSignInMethods();
        await Assertions.Expect(visitor.Page.GetByText("Last used just now")).ToBeVisibleAsync();

        await visitor
            .Page.GetByRole(
                AriaRole.Button,
                new() { Name = "Remove the passkey Laptop of <b>Ada</b>" }
            )
            .ClickAsync();
        await visitor.Button("Remove it").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("No passkeys yet.")).ToBeVisibleAsync();
        await visitor.SignOut();
        await SignIn(visitor);
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("passkey");
        Assert.Empty(visitor.ConsoleErrors);
    }

    [Fact]
    public async Task Device_with_a_passkey_of_the_account_gets_no_second_one()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys();
        await visitor.Register(Visitor.NewEmail());
        await visitor.AddPasskey("First");

        await visitor.Button("Add a passkey").ClickAsync();

        await Assertions
            .Expect(visitor.Page.GetByText("This device already has a passkey for your account."))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task Passkey_is_enough_for_a_step_up()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys();
        await visitor.Register(Visitor.NewEmail());
        await visitor.AddPasskey("Laptop");
        await visitor.RequireStepUp("/factors/totp", ["password"], ["passkey"]);

        await visitor.Button("Set up authenticator app").ClickAsync();
        await visitor
            .Dialog("Confirm it's you")
            .GetByRole(AriaRole.Button, new() { Name = "Use a passkey" })
            .ClickAsync();

        await Assertions.Expect(visitor.Page.Locator("code.secret")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Passkey_that_is_chosen_from_the_suggestions_signs_in()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys(suggested: true);
        await visitor.Register(Visitor.NewEmail());
        await visitor.AddPasskey("Laptop");

        await visitor.Button("Sign out").ClickAsync();

        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        Assert.Empty(visitor.ConsoleErrors);
    }

    private static Task SignIn(Visitor visitor) =>
        visitor.Button("Sign in with a passkey").ClickAsync();
}
