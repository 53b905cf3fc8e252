using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Registering and signing in, and what can go wrong with it.</summary>
[Collection(BrowserTests.Name)]
public sealed class EntryTests(BrowserFixture browser)
{
    [Fact]
    public async Task Everything_can_be_done_from_the_keyboard()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.GotoAsync("/register");
        await visitor.Heading("Create an account").WaitForAsync();

        await visitor.Page.Keyboard.TypeAsync(address);
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(Visitor.Password);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Heading("Your devices").WaitForAsync();
        await visitor.Button("Sign out").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Heading("Sign in").WaitForAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("E-mail address")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_field_that_is_wrong_is_marked_told_and_focused()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.GotoAsync("/register");
        await visitor.Fill("no address", Visitor.Password);
        await visitor.Button("Create account").ClickAsync();

        ILocator field = visitor.Page.GetByLabel("E-mail address");
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions
            .Expect(field)
            .ToHaveAccessibleDescriptionAsync("This is not an e-mail address.");
        await Assertions.Expect(field).ToBeFocusedAsync();

        await visitor.Fill(Visitor.NewAddress(), Visitor.Password);
        await visitor.Button("Create account").ClickAsync();
        await visitor.Heading("Your devices").WaitForAsync();
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_said_to_have_one()
    {
        string address = Visitor.NewAddress();
        await using Visitor first = await browser.NewVisitor();
        await using Visitor second = await browser.NewVisitor();
        await first.Register(address);

        await second.Page.GotoAsync("/register");
        await second.Fill(address, Visitor.Password);
        await second.Button("Create account").ClickAsync();

        await Assertions
            .Expect(second.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("has an account already");
    }

    [Fact]
    public async Task Who_guesses_too_often_has_to_wait_and_is_told_how_long()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.GotoAsync("/login");
        string address = Visitor.NewAddress();
        ILocator wait = visitor.Page.GetByText("You can try again in");

        for (int i = 0; i < 11 && !await wait.IsVisibleAsync(); i++)
        {
            Task<IResponse> answered = visitor.Page.WaitForResponseAsync("**/login");
            await visitor.SignInHere(address, $"guess number {i}");
            await answered;
        }

        await Assertions.Expect(wait).ToBeVisibleAsync();
        await Assertions
            .Expect(visitor.Page.GetByText("You can try again now."))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_password_can_be_looked_at()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.GotoAsync("/login");
        await visitor.Fill("ada@example.org", "secret words");

        await visitor.Button("Show password").ClickAsync();
        await Assertions
            .Expect(visitor.Page.GetByLabel("Password", new() { Exact = true }))
            .ToHaveAttributeAsync("type", "text");
        await visitor.Button("Hide password").ClickAsync();
        await Assertions
            .Expect(visitor.Page.GetByLabel("Password", new() { Exact = true }))
            .ToHaveAttributeAsync("type", "password");
    }
}
