using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Deleting an account, and exporting its data before that.</summary>
[Collection(BrowserTests.Name)]
public sealed class DeletionTests(BrowserFixture browser)
{
    [Fact]
    public async Task Deleted_account_cannot_sign_in_and_its_email_is_free_again()
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(email);
        await laptop.VerifyEmail();
        await phone.SignIn(email);
        await laptop.GoToEmail();

        await laptop.Button("Delete my account").ClickAsync();
        ILocator field = laptop.Page.GetByLabel("Email of the account");
        await field.FillAsync("somebody@example.org");
        await laptop.Button("Delete it").ClickAsync();
        await Assertions
            .Expect(field)
            .ToHaveAccessibleDescriptionAsync("That is not the email of this account.");
        await field.FillAsync(email);
        await laptop.Button("Delete it").ClickAsync();

        await Assertions
            .Expect(laptop.Page.GetByText("The account and its data were deleted").First)
            .ToBeVisibleAsync();
        await Assertions
            .Expect(phone.Page.GetByText("The account and its data were deleted").First)
            .ToBeVisibleAsync();
        await laptop.SignInHere(email);
        await Assertions
            .Expect(laptop.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("Incorrect email or password.");
        await laptop.FindMail(email, Subjects.Deleted);
        await laptop.Register(email);
        await Assertions.Expect(laptop.Devices).ToHaveCountAsync(1);
        Assert.Empty(laptop.ConsoleErrors);
    }

    [Fact]
    public async Task Account_data_can_be_downloaded_as_a_file()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(email);
        await visitor.GoToEmail();

        IDownload download = await visitor.Page.RunAndWaitForDownloadAsync(() =>
            visitor.Button("Download my data").ClickAsync()
        );

        await using Stream file = await download.CreateReadStreamAsync();
        using StreamReader reader = new(file);
        Assert.Contains(email, await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
