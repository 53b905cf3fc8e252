using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Passkeys, with Chromium's own authenticator in software.</summary>
[Collection(BrowserTests.Name)]
public sealed class PasskeyTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_passkey_signs_in_alone_and_no_more_once_it_is_removed()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys();
        await visitor.Register(address);
        await visitor.AddPasskey("Laptop of <b>Ada</b>");
        await visitor.SignOut();

        await SignIn(visitor);
        await visitor.Heading("Your devices").WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Banner).GetByText(address))
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
        await Assertions
            .Expect(visitor.Page.GetByText("You have no passkey yet."))
            .ToBeVisibleAsync();
        await visitor.SignOut();
        await SignIn(visitor);
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("passkey");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_device_that_has_a_passkey_of_the_account_is_given_no_second()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys();
        await visitor.Register(Visitor.NewAddress());
        await visitor.AddPasskey("First");

        await visitor.Button("Add a passkey").ClickAsync();

        await Assertions
            .Expect(visitor.Page.GetByText("This device has a passkey for your account already."))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task Where_the_proof_is_old_a_passkey_is_proof_enough()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys();
        await visitor.Register(Visitor.NewAddress());
        await visitor.AddPasskey("Laptop");
        await visitor.HaveOldProof("/factors/totp", ["password"], ["passkey"]);

        await visitor.Button("Set up an app").ClickAsync();
        await visitor
            .Dialog("Is it still you?")
            .GetByRole(AriaRole.Button, new() { Name = "Use a passkey" })
            .ClickAsync();

        await Assertions.Expect(visitor.Page.Locator("code.secret")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_passkey_that_is_chosen_among_the_suggestions_signs_in()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys(suggested: true);
        await visitor.Register(Visitor.NewAddress());
        await visitor.AddPasskey("Laptop");

        await visitor.Button("Sign out").ClickAsync();

        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    private static Task SignIn(Visitor visitor) =>
        visitor.Button("Sign in with a passkey").ClickAsync();
}
