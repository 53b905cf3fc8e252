using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>The end of an account, and the copy of what is kept that one may take before.</summary>
[Collection(BrowserTests.Name)]
public sealed class DeletionTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_deleted_account_signs_nobody_in_and_its_address_is_free_again()
    {
        string address = Visitor.NewAddress();
        await using Visitor laptop = await browser.NewVisitor();
        await using Visitor phone = await browser.NewVisitor();
        await laptop.Register(address);
        await laptop.VerifyAddress();
        await phone.SignIn(address);
        await laptop.GoToAddress();

        await laptop.Button("Delete my account").ClickAsync();
        ILocator field = laptop.Page.GetByLabel("Address of the account");
        await field.FillAsync("somebody@example.org");
        await laptop.Button("Delete it").ClickAsync();
        await Assertions
            .Expect(field)
            .ToHaveAccessibleDescriptionAsync("That is not the address of this account.");
        await field.FillAsync(address);
        await laptop.Button("Delete it").ClickAsync();

        await Assertions
            .Expect(laptop.Page.GetByText("The account was deleted").First)
            .ToBeVisibleAsync();
        await Assertions
            .Expect(phone.Page.GetByText("The account was deleted").First)
            .ToBeVisibleAsync();
        await laptop.SignInHere(address);
        await Assertions
            .Expect(laptop.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("The address or the password is not right.");
        await laptop.FindMail(address, Subjects.Deleted);
        await laptop.Register(address);
        await Assertions.Expect(laptop.Devices).ToHaveCountAsync(1);
        Assert.Empty(laptop.Complaints);
    }

    [Fact]
    public async Task What_is_kept_can_be_taken_as_a_file()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(address);
        await visitor.GoToAddress();

        IDownload download = await visitor.Page.RunAndWaitForDownloadAsync(() =>
            visitor.Button("Download my data").ClickAsync()
        );

        await using Stream file = await download.CreateReadStreamAsync();
        using StreamReader reader = new(file);
        Assert.Contains(address, await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
