using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>The pages show the minimum password length of the server.</summary>
[Collection(BrowserTests.Name)]
public sealed class PasswordLengthTests(BrowserFixture browser)
{
    [Fact]
    public async Task Pages_show_the_minimum_password_length_of_the_server()
    {
        await using NodeProcess node = await NodeProcess.Start(
            new Dictionary<string, string> { ["PASSWORD_MIN_LENGTH"] = "12" }
        );
        await using Visitor visitor = await browser.NewVisitor(url: node.Url);

        await visitor.Page.GotoAsync("/register");
        await Assertions
            .Expect(visitor.Page.GetByText("At least 12 characters. A few unrelated words"))
            .ToBeVisibleAsync();

        await visitor.Register(Visitor.NewEmail());
        await visitor.Page.GotoAsync("/account/email");
        await Assertions
            .Expect(visitor.Page.GetByText("At least 12 characters. A few unrelated words"))
            .ToBeVisibleAsync();
        Assert.Empty(visitor.ConsoleErrors);
    }
}
