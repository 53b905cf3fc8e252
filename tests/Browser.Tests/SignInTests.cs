using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Registration and sign-in, and their errors.</summary>
[Collection(BrowserTests.Name)]
public sealed class SignInTests(BrowserFixture browser)
{
    [Fact]
    public async Task Everything_can_be_done_from_the_keyboard()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.GotoAsync("/register");
        await visitor.Heading("Create an account").WaitForAsync();

        await visitor.Page.Keyboard.TypeAsync(email);
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(Visitor.Password);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Heading("Your devices").WaitForAsync();
        await visitor.Button("Sign out").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Heading("Sign in").WaitForAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Email")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Invalid_field_is_marked_explained_and_focused()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.GotoAsync("/register");
        await visitor.Fill("no email", Visitor.Password);
        await visitor.Button("Create account").ClickAsync();

        ILocator field = visitor.Page.GetByLabel("Email");
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions
            .Expect(field)
            .ToHaveAccessibleDescriptionAsync("Enter a valid email address.");
        await Assertions.Expect(field).ToBeFocusedAsync();

        await visitor.Fill(Visitor.NewEmail(), Visitor.Password);
        await visitor.Button("Create account").ClickAsync();
        await visitor.Heading("Your devices").WaitForAsync();
    }

    [Fact]
    public async Task Registration_with_an_existing_email_says_that_it_has_an_account()
    {
        string email = Visitor.NewEmail();
        await using Visitor first = await browser.NewVisitor();
        await using Visitor second = await browser.NewVisitor();
        await first.Register(email);

        await second.Page.GotoAsync("/register");
        await second.Fill(email, Visitor.Password);
        await second.Button("Create account").ClickAsync();

        await Assertions
            .Expect(second.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("already exists");
    }

    [Fact]
    public async Task Throttled_user_is_told_how_long_to_wait()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.GotoAsync("/login");
        string email = Visitor.NewEmail();
        ILocator wait = visitor.Page.GetByText("You can try again in");

        for (int i = 0; i < 11 && !await wait.IsVisibleAsync(); i++)
        {
            Task<IResponse> answered = visitor.Page.WaitForResponseAsync("**/login");
            await visitor.SignInHere(email, $"guess number {i}");
            await answered;
        }

        await Assertions.Expect(wait).ToBeVisibleAsync();
        await Assertions
            .Expect(visitor.Page.GetByText("You can try again now."))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task Password_can_be_shown()
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
