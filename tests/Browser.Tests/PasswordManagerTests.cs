using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>
/// The pages that emails link to, as password managers see them: which password belongs to which account.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class PasswordManagerTests(BrowserFixture browser)
{
    [Fact]
    public async Task Reset_page_names_the_account_to_the_user_and_the_password_manager()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await using Visitor other = await browser.NewVisitor();
        await visitor.Register(email);
        await other.Page.GotoAsync("/forgot");
        await other.Page.GetByLabel("Email").FillAsync(email);
        await other.Button("Send link").ClickAsync();
        await other.Heading("Check your email").WaitForAsync();

        await other.FollowMail(email, Subjects.Reset);

        await IsFor(other, email, "new-password");
        Assert.Equal($"{browser.Node.Url}/reset", other.Page.Url);
    }

    [Fact]
    public async Task Verification_page_names_the_account_to_the_user_and_the_password_manager()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await using Visitor other = await browser.NewVisitor();
        await visitor.Register(email);

        await other.FollowMail(email, Subjects.Verify);

        await IsFor(other, email, "current-password");
        Assert.Equal($"{browser.Node.Url}/verify-email", other.Page.Url);
    }

    [Fact(DisplayName = "S-52 Email in a link is shown as text")]
    public async Task Email_in_a_link_is_shown_as_text()
    {
        await using Visitor visitor = await browser.NewVisitor();
        string token = new string('0', 32) + "." + new string('A', 43);
        foreach (string email in new[] { "<img src=x onerror=owned=1>", "%", "%zz", "" })
        {
            await visitor.Page.GotoAsync("about:blank");
            await visitor.Page.GotoAsync($"/reset#{token}&{email}");
            await visitor.Heading("Choose a new password").WaitForAsync();
            Assert.False(await visitor.Page.EvaluateAsync<bool>("'owned' in window"));
        }

        await Assertions.Expect(visitor.Page.GetByLabel("Account")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Well_known_URL_for_changing_the_password_leads_to_its_page()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewEmail());
        await visitor.Page.GotoAsync("/.well-known/change-password");
        await visitor.Heading("Email and password").WaitForAsync();
        Assert.Equal($"{browser.Node.Url}/account/email", visitor.Page.Url);
    }

    [Theory]
    [InlineData("/forgot/", "Choose a new password")]
    [InlineData("/Register", "Create an account")]
    public async Task Page_is_found_with_a_trailing_slash_and_in_another_case(
        string typed,
        string heading
    )
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
    public async Task Mailed_link_with_an_added_slash_keeps_its_token()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await using Visitor other = await browser.NewVisitor();
        await visitor.Register(email);
        ILocator mail = await other.FindMail(email, Subjects.Verify);
        string link = (await mail.GetByRole(AriaRole.Link).GetAttributeAsync("href"))!;

        await other.Page.GotoAsync(link.Replace("/verify-email#", "/Verify-Email/#"));

        await IsFor(other, email, "current-password");
    }

    private static async Task IsFor(Visitor visitor, string email, string password)
    {
        ILocator account = visitor.Page.GetByLabel("Account");
        await Assertions.Expect(account).ToHaveValueAsync(email);
        await Assertions.Expect(account).ToBeVisibleAsync();
        await Assertions.Expect(account).ToHaveJSPropertyAsync("readOnly", true);
        // What password managers rely on: the autocomplete tokens, in one form, the username before the password.
        string[] tokens = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelector('form:has([autocomplete=username])')
              .querySelectorAll('input:not([hidden])')].map(input => input.autocomplete)
            """
        );
        Assert.Equal(["username", password], tokens);
    }
}
