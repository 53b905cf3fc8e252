using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Verifying and changing the email.</summary>
[Collection(BrowserTests.Name)]
public sealed class EmailTests(BrowserFixture browser)
{
    [Fact]
    public async Task Registered_user_verifies_the_email_with_one_click_after_opening_the_mailed_link()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(email);
        await Assertions
            .Expect(visitor.Page.GetByText("Your email is not verified yet."))
            .ToBeVisibleAsync();

        await visitor.FollowMail(email, Subjects.Verify);
        await visitor.Heading("Verify your email").WaitForAsync();
        Assert.Equal($"{browser.Node.Url}/verify-email", visitor.Page.Url);
        await visitor.Button("Verify email").ClickAsync();
        await visitor.Heading("Your email is verified").WaitForAsync();
        await visitor.Button("Go to your account").ClickAsync();

        await visitor.Heading("Your devices").WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByText("Your email is not verified yet."))
            .ToBeHiddenAsync();
        await visitor.GoToEmail();
        await Assertions
            .Expect(visitor.Page.GetByText("Verified", new() { Exact = true }))
            .ToBeVisibleAsync();
        Assert.Empty(visitor.ConsoleErrors);
    }

    [Fact]
    public async Task Link_that_has_verified_the_email_says_so_when_it_is_opened_again()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(email);
        await visitor.FollowMail(email, Subjects.Verify);
        await visitor.Button("Verify email").ClickAsync();
        await visitor.Heading("Your email is verified").WaitForAsync();

        await using Visitor phone = await browser.NewVisitor();
        foreach (Visitor opens in new[] { visitor, phone })
        {
            await opens.FollowMail(email, Subjects.Verify);
            await opens.Heading("Your email is verified").WaitForAsync();
        }
    }

    [Fact]
    public async Task Email_is_verified_in_another_browser_with_the_password()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(email);

        await phone.FollowMail(email, Subjects.Verify);
        ILocator password = phone.Page.GetByLabel("Password", new() { Exact = true });
        await password.FillAsync("not the password");
        await phone.Button("Verify email").ClickAsync();
        await Assertions
            .Expect(password)
            .ToHaveAccessibleDescriptionAsync(
                "Enter the password you registered with. Incorrect password."
            );
        await password.FillAsync(Visitor.Password);
        await phone.Button("Verify email").ClickAsync();
        await phone.Heading("Your email is verified").WaitForAsync();

        await laptop.Page.ReloadAsync();
        await laptop.GoToEmail();
        await Assertions
            .Expect(laptop.Page.GetByText("Verified", new() { Exact = true }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task Email_changes_when_the_link_in_the_mail_to_the_new_one_is_opened()
    {
        string email = Visitor.NewEmail();
        string newEmail = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(email);
        await AskFor(visitor, newEmail);

        await visitor.FollowMail(newEmail, Subjects.NewEmail);
        await visitor.Button("Use this email").ClickAsync();
        await visitor.Heading("Your email was changed").WaitForAsync();
        await visitor.Button("Go to your account").ClickAsync();
        await visitor.Heading("Email and password").WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Main).GetByText(newEmail))
            .ToBeVisibleAsync();

        await visitor.SignOut();
        await visitor.SignInHere(email);
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("Incorrect email or password.");
        await visitor.SignInHere(newEmail);
        await visitor.Heading("Your devices").WaitForAsync();
    }

    [Fact]
    public async Task Signed_out_user_who_opens_the_link_to_a_new_email_signs_in_first()
    {
        string email = Visitor.NewEmail();
        string newEmail = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(email);
        await AskFor(laptop, newEmail);

        await phone.FollowMail(newEmail, Subjects.NewEmail);
        await phone.Page.GetByText("Sign in to confirm your new email.").First.WaitForAsync();
        await phone.SignInHere(email);
        await phone.Heading("Confirm your new email").WaitForAsync();
        await Assertions.Expect(phone.Page.GetByText(email)).ToBeVisibleAsync();
        await phone.Button("Use this email").ClickAsync();

        await phone.Heading("Your email was changed").WaitForAsync();
        await Assertions.Expect(phone.Page.GetByText(newEmail).First).ToBeVisibleAsync();
    }

    private static async Task AskFor(Visitor visitor, string newEmail)
    {
        await visitor.GoToEmail();
        await visitor.Page.GetByLabel("New email").FillAsync(newEmail);
        await visitor.Button("Change email").ClickAsync();
        await visitor.Page.GetByText($"open the link that we sent to {newEmail}").WaitForAsync();
    }
}
