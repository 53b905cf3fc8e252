using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>A password that was forgotten, and one that is changed.</summary>
[Collection(BrowserTests.Name)]
public sealed class PasswordTests(BrowserFixture browser)
{
    private const string NewPassword = "violet tractor under seven moons";

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_mail_and_all_who_are_signed_in_are_thrown_out()
    {
        string address = Visitor.NewAddress();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(address);
        // Before it is verified, the mail would take the account over instead, with everything in it.
        await laptop.FollowMail(address, Subjects.Verify);
        await laptop.Button("Verify this address").ClickAsync();
        await laptop.Button("Go to your account").ClickAsync();
        await laptop.Heading("Your devices").WaitForAsync();
        await laptop.Page.EvaluateAsync("window.loadedBefore = true");

        await phone.Page.GotoAsync("/login");
        await phone
            .Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" })
            .ClickAsync();
        await phone.Page.GetByLabel("E-mail address").FillAsync(address);
        await phone.Button("Send the mail").ClickAsync();
        await phone.Heading("Look into your mail").WaitForAsync();
        await phone.FollowMail(address, Subjects.Reset);
        await phone.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await phone.Button("Change the password").ClickAsync();
        await phone.Heading("Your password is changed").WaitForAsync();

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
            "the page was loaded anew"
        );
        await laptop.SignInHere(address);
        await Assertions
            .Expect(laptop.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("The address or the password is not right.");
        await phone.Button("Sign in").ClickAsync();
        await phone.Heading("Sign in").WaitForAsync();
        await phone.SignInHere(address, NewPassword);
        await phone.Heading("Your devices").WaitForAsync();
        Assert.Empty(phone.Complaints);
    }

    [Fact]
    public async Task The_link_that_verifies_the_address_says_after_a_reset_that_it_is_verified()
    {
        string address = Visitor.NewAddress();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(address);
        await phone.Page.GotoAsync("/forgot");
        await phone.Page.GetByLabel("E-mail address").FillAsync(address);
        await phone.Button("Send the mail").ClickAsync();
        await phone.Heading("Look into your mail").WaitForAsync();
        await phone.FollowMail(address, Subjects.Reset);
        await phone.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await phone.Button("Change the password").ClickAsync();
        await phone.Heading("Your password is changed").WaitForAsync();

        await phone.FollowMail(address, Subjects.Verify);

        await phone.Heading("Your address is verified").WaitForAsync();
        Assert.Empty(phone.Complaints);
    }

    [Fact]
    public async Task Who_changes_the_password_types_the_current_one_once_and_stays_signed_in()
    {
        string address = Visitor.NewAddress();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(address);
        await phone.SignIn(address);
        await laptop.GoToAddress();
        await laptop.HaveOldProof("/password/change", ["password"], ["passkey"]);

        Task proof = laptop.Page.WaitForRequestAsync("**/step-up");
        await laptop
            .Page.GetByLabel("Current password", new() { Exact = true })
            .FillAsync(Visitor.Password);
        await laptop.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await laptop.Button("Change password").ClickAsync();
        await proof;

        await Assertions
            .Expect(laptop.Page.GetByText("Your password is changed."))
            .ToBeVisibleAsync();
        await Assertions.Expect(phone.Heading("Sign in")).ToBeVisibleAsync();
        await phone.SignInHere(address, NewPassword);
        await phone.Heading("Your devices").WaitForAsync();
        await laptop.GoTo("Activity", "Recent activity");
        await Assertions
            .Expect(laptop.Page.GetByText("The password was changed", new() { Exact = true }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_current_password_that_is_wrong_is_told_at_its_field()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewAddress());
        await visitor.GoToAddress();

        ILocator current = visitor.Page.GetByLabel("Current password", new() { Exact = true });
        await current.FillAsync("not the password");
        await visitor
            .Page.GetByLabel("New password", new() { Exact = true })
            .FillAsync(NewPassword);
        await visitor.Button("Change password").ClickAsync();

        await Assertions
            .Expect(current)
            .ToHaveAccessibleDescriptionAsync("That is not your current password.");
        await Assertions.Expect(current).ToBeFocusedAsync();
    }
}
