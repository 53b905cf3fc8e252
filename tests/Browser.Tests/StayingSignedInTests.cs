using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Nobody is signed out by what happens to the server. Each has a node of its own, which is killed.</summary>
[Collection(BrowserTests.Name)]
public sealed class StayingSignedInTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_node_that_is_killed_and_started_again_finds_everybody_signed_in()
    {
        await using NodeProcess node = await NodeProcess.Start();
        await using Visitor visitor = await browser.NewVisitor(url: node.Url);
        string address = Visitor.NewAddress();
        await visitor.Register(address);

        await node.Kill();
        await node.Run();
        await visitor.Page.ReloadAsync();

        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByText(address)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_opened_while_the_node_is_away_says_so_and_comes_back_by_itself()
    {
        await using NodeProcess node = await NodeProcess.Start();
        await using Visitor visitor = await browser.NewVisitor(url: node.Url);
        await visitor.Register(Visitor.NewAddress());

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
    public async Task A_browser_that_lost_its_access_cookie_goes_on_with_new_ones()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewAddress());
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
