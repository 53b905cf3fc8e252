using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Proving an address by mail, and changing it.</summary>
[Collection(BrowserTests.Name)]
public sealed class AddressTests(BrowserFixture browser)
{
    [Fact]
    public async Task Who_registers_verifies_the_address_with_one_click_after_the_mailed_link()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(address);
        await Assertions
            .Expect(visitor.Page.GetByText("Your e-mail address is not verified yet."))
            .ToBeVisibleAsync();

        await visitor.FollowMail(address, Subjects.Verify);
        await visitor.Heading("Verify your address").WaitForAsync();
        Assert.Equal($"{browser.Node.Url}/verify-address", visitor.Page.Url);
        await visitor.Button("Verify this address").ClickAsync();
        await visitor.Heading("Your address is verified").WaitForAsync();
        await visitor.Button("Go to your account").ClickAsync();

        await visitor.Heading("Your devices").WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByText("Your e-mail address is not verified yet."))
            .ToBeHiddenAsync();
        await visitor.GoToAddress();
        await Assertions
            .Expect(visitor.Page.GetByText("Verified", new() { Exact = true }))
            .ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_mailed_link_that_has_verified_the_address_says_so_when_it_is_opened_again()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(address);
        await visitor.FollowMail(address, Subjects.Verify);
        await visitor.Button("Verify this address").ClickAsync();
        await visitor.Heading("Your address is verified").WaitForAsync();

        await using Visitor phone = await browser.NewVisitor();
        foreach (Visitor opens in new[] { visitor, phone })
        {
            await opens.FollowMail(address, Subjects.Verify);
            await opens.Heading("Your address is verified").WaitForAsync();
        }
    }

    [Fact]
    public async Task An_address_is_verified_in_another_browser_with_the_password()
    {
        string address = Visitor.NewAddress();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(address);

        await phone.FollowMail(address, Subjects.Verify);
        ILocator password = phone.Page.GetByLabel("Password", new() { Exact = true });
        await password.FillAsync("not the password");
        await phone.Button("Verify this address").ClickAsync();
        await Assertions
            .Expect(password)
            .ToHaveAccessibleDescriptionAsync(
                "Enter the password that you registered with. That is not the password that you registered with."
            );
        await password.FillAsync(Visitor.Password);
        await phone.Button("Verify this address").ClickAsync();
        await phone.Heading("Your address is verified").WaitForAsync();

        await laptop.Page.ReloadAsync();
        await laptop.GoToAddress();
        await Assertions
            .Expect(laptop.Page.GetByText("Verified", new() { Exact = true }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_address_changes_when_the_link_in_the_mail_to_the_new_one_is_opened()
    {
        string address = Visitor.NewAddress();
        string newAddress = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(address);
        await AskFor(visitor, newAddress);

        await visitor.FollowMail(newAddress, Subjects.NewAddress);
        await visitor.Button("Use this address").ClickAsync();
        await visitor.Heading("Your address is changed").WaitForAsync();
        await visitor.Button("Go to your account").ClickAsync();
        await visitor.Heading("Address and password").WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Main).GetByText(newAddress))
            .ToBeVisibleAsync();

        await visitor.SignOut();
        await visitor.SignInHere(address);
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("The address or the password is not right.");
        await visitor.SignInHere(newAddress);
        await visitor.Heading("Your devices").WaitForAsync();
    }

    [Fact]
    public async Task Who_opens_the_link_to_a_new_address_signed_out_signs_in_first()
    {
        string address = Visitor.NewAddress();
        string newAddress = Visitor.NewAddress();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(address);
        await AskFor(laptop, newAddress);

        await phone.FollowMail(newAddress, Subjects.NewAddress);
        await phone
            .Page.GetByText("Sign in to the account whose address is to change.")
            .First.WaitForAsync();
        await phone.SignInHere(address);
        await phone.Heading("Confirm your new address").WaitForAsync();
        await Assertions.Expect(phone.Page.GetByText(address)).ToBeVisibleAsync();
        await phone.Button("Use this address").ClickAsync();

        await phone.Heading("Your address is changed").WaitForAsync();
        await Assertions.Expect(phone.Page.GetByText(newAddress).First).ToBeVisibleAsync();
    }

    private static async Task AskFor(Visitor visitor, string newAddress)
    {
        await visitor.GoToAddress();
        await visitor.Page.GetByLabel("New address").FillAsync(newAddress);
        await visitor.Button("Change address").ClickAsync();
        await visitor.Page.GetByText($"A change to {newAddress} is under way").WaitForAsync();
    }
}
