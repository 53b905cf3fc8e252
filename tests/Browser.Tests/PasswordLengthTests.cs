using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>The pages say how long a new password has to be as the server has it, and not as it was when they were written.</summary>
[Collection(BrowserTests.Name)]
public sealed class PasswordLengthTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_pages_say_how_long_a_password_has_to_be_as_the_server_has_it()
    {
        await using NodeProcess node = await NodeProcess.Start(
            new Dictionary<string, string> { ["PASSWORD_MIN_LENGTH"] = "12" }
        );
        await using Visitor visitor = await browser.NewVisitor(url: node.Url);

        await visitor.Page.GotoAsync("/register");
        await Assertions
            .Expect(visitor.Page.GetByText("At least 12 characters. A few unusual words"))
            .ToBeVisibleAsync();

        await visitor.Register(Visitor.NewAddress());
        await visitor.Page.GotoAsync("/account/address");
        await Assertions
            .Expect(visitor.Page.GetByText("At least 12 characters. A few unusual words"))
            .ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }
}
