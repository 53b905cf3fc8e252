using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>The pages that mails lead to, as password managers see them: which password belongs to whom.</summary>
[Collection(BrowserTests.Name)]
public sealed class PasswordManagerTests(BrowserFixture browser)
{
    [Fact]
    public async Task Who_chooses_a_new_password_sees_for_which_account_and_so_does_the_password_manager()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await using Visitor other = await browser.NewVisitor();
        await visitor.Register(address);
        await other.Page.GotoAsync("/forgot");
        await other.Page.GetByLabel("E-mail address").FillAsync(address);
        await other.Button("Send the mail").ClickAsync();
        await other.Heading("Look into your mail").WaitForAsync();

        await other.FollowMail(address, Subjects.Reset);

        await IsFor(other, address, "new-password");
        Assert.Equal($"{browser.Node.Url}/reset", other.Page.Url);
    }

    [Fact]
    public async Task Who_verifies_an_address_sees_which_and_so_does_the_password_manager()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await using Visitor other = await browser.NewVisitor();
        await visitor.Register(address);

        await other.FollowMail(address, Subjects.Verify);

        await IsFor(other, address, "current-password");
        Assert.Equal($"{browser.Node.Url}/verify-address", other.Page.Url);
    }

    [Fact(DisplayName = "S-52 An address that somebody has written into a link is shown as text")]
    public async Task An_address_in_a_link_is_text()
    {
        await using Visitor visitor = await browser.NewVisitor();
        string token = new string('0', 32) + "." + new string('A', 43);
        foreach (string address in new[] { "<img src=x onerror=owned=1>", "%", "%zz", "" })
        {
            await visitor.Page.GotoAsync("about:blank");
            await visitor.Page.GotoAsync($"/reset#{token}&{address}");
            await visitor.Heading("Choose a new password").WaitForAsync();
            Assert.False(await visitor.Page.EvaluateAsync<bool>("'owned' in window"));
        }

        await Assertions.Expect(visitor.Page.GetByLabel("Account")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_browser_is_led_to_where_a_password_is_changed()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewAddress());
        await visitor.Page.GotoAsync("/.well-known/change-password");
        await visitor.Heading("Address and password").WaitForAsync();
        Assert.Equal($"{browser.Node.Url}/account/address", visitor.Page.Url);
    }

    [Theory]
    [InlineData("/forgot/", "Choose a new password")]
    [InlineData("/Register", "Create an account")]
    public async Task A_page_as_it_was_typed_is_the_page(string typed, string heading)
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.GotoAsync(typed);
        await visitor.Heading(heading).WaitForAsync();
        Assert.EndsWith(
            typed.TrimEnd('/').ToLowerInvariant(),
            visitor.Page.Url,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_mailed_link_that_got_a_slash_keeps_its_token()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await using Visitor other = await browser.NewVisitor();
        await visitor.Register(address);
        ILocator mail = await other.FindMail(address, Subjects.Verify);
        string link = (await mail.GetByRole(AriaRole.Link).GetAttributeAsync("href"))!;

        await other.Page.GotoAsync(link.Replace("/verify-address#", "/Verify-Address/#"));

        await IsFor(other, address, "current-password");
    }

    private static async Task IsFor(Visitor visitor, string address, string password)
    {
        ILocator account = visitor.Page.GetByLabel("Account");
        await Assertions.Expect(account).ToHaveValueAsync(address);
        await Assertions.Expect(account).ToBeVisibleAsync();
        await Assertions.Expect(account).ToHaveJSPropertyAsync("readOnly", true);
        // What password managers go by: the tokens, in one form, the name before the password.
        string[] tokens = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelector('form:has([autocomplete=username])')
              .querySelectorAll('input:not([hidden])')].map(input => input.autocomplete)
            """
        );
        Assert.Equal(["username", password], tokens);
    }
}
