using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Resetting and changing the password.</summary>
[Collection(BrowserTests.Name)]
public sealed class PasswordTests(BrowserFixture browser)
{
    private const string NewPassword = "violet tractor under seven moons";

    [Fact]
    public async Task Password_is_reset_by_mail_and_all_sessions_end()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(email);
        // An unverified email would start the account over instead.
        await laptop.FollowMail(email, Subjects.Verify);
        await laptop.Button("Verify email").ClickAsync();
        await laptop.Button("Go to your account").ClickAsync();
        await laptop.Heading("Your devices").WaitForAsync();
        await laptop.Page.EvaluateAsync("window.loadedBefore = true");

        await phone.Page.GotoAsync("/login");
        await phone
            .Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" })
            .ClickAsync();
        await phone.Page.GetByLabel("Email").FillAsync(email);
        await phone.Button("Send link").ClickAsync();
        await phone.Heading("Check your email").WaitForAsync();
        await phone.FollowMail(email, Subjects.Reset);
        await phone.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await phone.Button("Change password").ClickAsync();
        await phone.Heading("Your password was changed").WaitForAsync();

        await Assertions
            .Expect(
                laptop
                    .Page.GetByText("This session was ended because the password was changed.")
                    .First
            )
            .ToBeVisibleAsync();
        await laptop.Heading("Sign in").WaitForAsync();
        Assert.True(
            await laptop.Page.EvaluateAsync<bool>("window.loadedBefore"),
            "the page was reloaded"
        );
        await laptop.SignInHere(email);
        await Assertions
            .Expect(laptop.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("Incorrect email or password.");
        await phone.Button("Sign in").ClickAsync();
        await phone.Heading("Sign in").WaitForAsync();
        await phone.SignInHere(email, NewPassword);
        await phone.Heading("Your devices").WaitForAsync();
        Assert.Empty(phone.ConsoleErrors);
    }

    [Fact]
    public async Task Verification_link_says_after_a_reset_that_the_email_is_verified()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(email);
        await phone.Page.GotoAsync("/forgot");
        await phone.Page.GetByLabel("Email").FillAsync(email);
        await phone.Button("Send link").ClickAsync();
        await phone.Heading("Check your email").WaitForAsync();
        await phone.FollowMail(email, Subjects.Reset);
        await phone.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await phone.Button("Change password").ClickAsync();
        await phone.Heading("Your password was changed").WaitForAsync();

        await phone.FollowMail(email, Subjects.Verify);

        await phone.Heading("Your email is verified").WaitForAsync();
        Assert.Empty(phone.ConsoleErrors);
    }

    [Fact]
    public async Task Password_change_asks_for_the_current_password_once_and_keeps_the_session()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(email);
        await phone.SignIn(email);
        await laptop.GoToEmail();
        await laptop.RequireStepUp("/password/change", ["password"], ["passkey"]);

        Task proof = laptop.Page.WaitForRequestAsync("**/step-up");
        await laptop
            .Page.GetByLabel("Current password", new() { Exact = true })
            .FillAsync(Visitor.Password);
        await laptop.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await laptop.Button("Change password").ClickAsync();
        await proof;

        await Assertions
            .Expect(laptop.Page.GetByText("Your password was changed."))
            .ToBeVisibleAsync();
        await Assertions.Expect(phone.Heading("Sign in")).ToBeVisibleAsync();
        await phone.SignInHere(email, NewPassword);
        await phone.Heading("Your devices").WaitForAsync();
        await laptop.GoTo("Activity", "Recent activity");
        await Assertions
            .Expect(laptop.Page.GetByText("Password changed", new() { Exact = true }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task Wrong_current_password_is_reported_at_its_field()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewEmail());
        await visitor.GoToEmail();

        ILocator current = visitor.Page.GetByLabel("Current password", new() { Exact = true });
        await current.FillAsync("not the password");
        await visitor
            .Page.GetByLabel("New password", new() { Exact = true })
            .FillAsync(NewPassword);
        await visitor.Button("Change password").ClickAsync();

        await Assertions
            .Expect(current)
            .ToHaveAccessibleDescriptionAsync("Incorrect current password.");
        await Assertions.Expect(current).ToBeFocusedAsync();
    }
}
