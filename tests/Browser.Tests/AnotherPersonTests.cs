using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Two people in two tabs of one browser, which has one set of cookies.</summary>
[Collection(BrowserTests.Name)]
public sealed class AnotherPersonTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_tab_says_so_when_another_person_has_signed_in_in_another_tab()
    {
        (string ada, string bob) = (Visitor.NewAddress(), Visitor.NewAddress());
        await using Visitor elsewhere = await browser.NewVisitor();
        await elsewhere.Register(bob);
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(ada);

        await SignInInAnotherTab(visitor, bob);

        await Assertions
            .Expect(visitor.Page.GetByText($"You are signed in as {bob} now.").First)
            .ToBeVisibleAsync();
        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        Assert.DoesNotContain(ada, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 800)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task The_sentence_fits_the_screen_and_axe_finds_nothing(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        Looks looks = new(scheme, width, height);
        string bob = Visitor.NewAddress();
        await using Visitor elsewhere = await browser.NewVisitor();
        await elsewhere.Register(bob);
        await using Visitor visitor = await browser.NewVisitor(looks.Screen());
        await visitor.Register(Visitor.NewAddress());
        await SignInInAnotherTab(visitor, bob);
        await visitor.Page.GetByText($"You are signed in as {bob} now.").First.WaitForAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(2);
        await looks.At(visitor, "another-person");
    }

    [Theory]
    [InlineData("/account", "Your devices")]
    [InlineData("/account/address", "Address and password")]
    [InlineData("/account/sign-in", "Sign-in methods")]
    [InlineData("/account/activity", "Recent activity")]
    public async Task A_tab_that_was_not_told_says_so_when_it_is_seen_again(
        string path,
        string heading
    )
    {
        (string ada, string bob) = (Visitor.NewAddress(), Visitor.NewAddress());
        await using Visitor elsewhere = await browser.NewVisitor();
        await elsewhere.Register(bob);
        await using Visitor visitor = await browser.NewVisitor();
        // As in a tab that was out of sight for a while, which has given its stream up.
        await visitor.Page.AddInitScriptAsync(
            "window.EventSource = class extends EventTarget { close() {} }"
        );
        await visitor.Register(ada);
        await visitor.Page.GotoAsync(path);
        await visitor.Heading(heading).WaitForAsync();
        await visitor.Page.EvaluateAsync("window.loadedBefore = true");

        await SignInInAnotherTab(visitor, bob);
        await Assertions.Expect(visitor.Page.GetByText(ada).First).ToBeVisibleAsync();
        await visitor.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");

        await Assertions
            .Expect(visitor.Page.GetByText($"You are signed in as {bob} now.").First)
            .ToBeVisibleAsync();
        await Assertions.Expect(visitor.Heading(heading)).ToBeVisibleAsync();
        Assert.DoesNotContain(ada, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.True(await visitor.Page.EvaluateAsync<bool>("window.loadedBefore"));
    }

    [Fact]
    public async Task What_is_done_in_such_a_tab_is_done_to_nobody()
    {
        (string ada, string bob) = (Visitor.NewAddress(), Visitor.NewAddress());
        await using Visitor phone = await browser.NewVisitor();
        await phone.Register(bob);
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.AddInitScriptAsync(
            "window.EventSource = class extends EventTarget { close() {} }"
        );
        await visitor.Register(ada);
        await visitor.GoToAddress();
        await SignInInAnotherTab(visitor, bob);

        await visitor.Button("Delete my account").ClickAsync();
        await visitor.Page.GetByLabel("Address of the account").FillAsync(ada);
        await visitor.Button("Delete it").ClickAsync();

        await Assertions
            .Expect(visitor.Page.GetByText($"You are signed in as {bob} now.").First)
            .ToBeVisibleAsync();
        await phone.Page.ReloadAsync();
        await phone.Heading("Your devices").WaitForAsync();
    }

    [Fact]
    public async Task The_same_person_is_told_nothing()
    {
        string ada = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(ada);
        await SignInInAnotherTab(visitor, ada);
        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        await visitor.Page.GetByText(ada).First.WaitForAsync();
        await Assertions.Expect(visitor.Page.GetByText("You are signed in as")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_signs_out_and_hands_the_browser_over_tells_the_next_nothing()
    {
        (string ada, string bob) = (Visitor.NewAddress(), Visitor.NewAddress());
        await using Visitor elsewhere = await browser.NewVisitor();
        await elsewhere.Register(bob);
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(ada);
        await visitor.SignOut();
        await visitor.SignInHere(bob);
        await visitor.Heading("Your devices").WaitForAsync();
        await Assertions.Expect(visitor.Page.GetByText("You are signed in as")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_sign_in_page_leaves_nothing_in_the_console()
    {
        await using Visitor visitor = await browser.NewVisitor();
        List<string> console = [];
        visitor.Page.Console += (_, message) => console.Add(message.Text);
        foreach (string page in new[] { "/login", "/", "/register", "/forgot", "/account" })
        {
            await visitor.Page.GotoAsync(page);
            await visitor.Page.GetByRole(AriaRole.Heading).First.WaitForAsync();
            await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }

        Assert.Empty(console);
    }

    // The other tab shows what it shows; what counts is the cookies that it brings, and that its session is used.
    private static async Task SignInInAnotherTab(Visitor visitor, string address)
    {
        IPage tab = await visitor.Context.NewPageAsync();
        await tab.GotoAsync("/robots.txt");
        int[] statuses = await tab.EvaluateAsync<int[]>(
            """
            async ([email, password]) => [
              (await fetch('/login', {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ email, password }),
              })).status,
              (await fetch('/test')).status,
            ]
            """,
            new[] { address, Visitor.Password }
        );
        Assert.Equal([200, 200], statuses);
        await tab.CloseAsync();
    }
}
