using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Failures of the server sign no user out. Each test kills a node of its own.</summary>
[Collection(BrowserTests.Name)]
public sealed class StayingSignedInTests(BrowserFixture browser)
{
    [Fact]
    public async Task User_is_still_signed_in_after_the_node_was_killed_and_restarted()
    {
        await using NodeProcess node = await NodeProcess.Start();
        await using Visitor visitor = await browser.NewVisitor(url: node.Url);
        string email = Visitor.NewEmail();
        await visitor.Register(email);

        await node.Kill();
        await node.Run();
        await visitor.Page.ReloadAsync();

        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByText(email)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_that_is_opened_during_an_outage_says_so_and_recovers_on_its_own()
    {
        await using NodeProcess node = await NodeProcess.Start();
        await using Visitor visitor = await browser.NewVisitor(url: node.Url);
        await visitor.Register(Visitor.NewEmail());

        await node.Kill();
        await visitor.Page.EvaluateAsync("dispatchEvent(new PopStateEvent('popstate'))");
        await Assertions
            .Expect(visitor.Page.GetByText("could not be reached").First)
            .ToBeVisibleAsync();
        await node.Run();

        await Assertions
            .Expect(visitor.Heading("Your devices"))
            .ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task Browser_that_lost_its_access_cookie_gets_new_ones()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewEmail());
        await visitor.Context.ClearCookiesAsync(new() { Name = "accessToken" });

        await visitor.Page.ReloadAsync();

        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        IReadOnlyList<BrowserContextCookiesResult> cookies = await visitor.Context.CookiesAsync();
        Assert.Equal(
            ["accessToken", "deviceToken", "refreshToken"],
            cookies.Select(cookie => cookie.Name).Order()
        );
    }
}
