using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Two users in two tabs of one browser, which share the cookies.</summary>
[Collection(BrowserTests.Name)]
public sealed class AnotherUserTests(BrowserFixture browser)
{
    [Fact]
    public async Task Tab_shows_a_notice_when_another_user_has_signed_in_in_another_tab()
    {
        (string ada, string bob) = (Visitor.NewEmail(), Visitor.NewEmail());
        await using Visitor elsewhere = await browser.NewVisitor();
        await elsewhere.Register(bob);
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(ada);

        await SignInInAnotherTab(visitor, bob);

        await Assertions
            .Expect(visitor.Page.GetByText($"You are now signed in as {bob}").First)
            .ToBeVisibleAsync();
        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        Assert.DoesNotContain(ada, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 800)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task Notice_about_another_user_fits_the_screen_and_passes_axe(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        PageCheck check = new(scheme, width, height);
        string bob = Visitor.NewEmail();
        await using Visitor elsewhere = await browser.NewVisitor();
        await elsewhere.Register(bob);
        await using Visitor visitor = await browser.NewVisitor(check.Screen());
        await visitor.Register(Visitor.NewEmail());
        await SignInInAnotherTab(visitor, bob);
        await visitor.Page.GetByText($"You are now signed in as {bob}").First.WaitForAsync();
        await Assertions.Expect(visitor.Devices).ToHaveCountAsync(2);
        await check.Verify(visitor, "another-person");
    }

    [Theory]
    [InlineData("/account", "Your devices")]
    [InlineData("/account/email", "Email and password")]
    [InlineData("/account/sign-in", "Sign-in methods")]
    [InlineData("/account/activity", "Recent activity")]
    public async Task Tab_without_an_event_stream_shows_the_notice_when_it_becomes_visible_again(
        string path,
        string heading
    )
    {
        (string ada, string bob) = (Visitor.NewEmail(), Visitor.NewEmail());
        await using Visitor elsewhere = await browser.NewVisitor();
        await elsewhere.Register(bob);
        await using Visitor visitor = await browser.NewVisitor();
        // Like a tab that was hidden for a while and has closed its event stream.
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
            .Expect(visitor.Page.GetByText($"You are now signed in as {bob}").First)
            .ToBeVisibleAsync();
        await Assertions.Expect(visitor.Heading(heading)).ToBeVisibleAsync();
        Assert.DoesNotContain(ada, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.True(await visitor.Page.EvaluateAsync<bool>("window.loadedBefore"));
    }

    [Fact]
    public async Task Action_in_a_tab_of_the_previous_user_changes_neither_account()
    {
        (string ada, string bob) = (Visitor.NewEmail(), Visitor.NewEmail());
        await using Visitor phone = await browser.NewVisitor();
        await phone.Register(bob);
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.AddInitScriptAsync(
            "window.EventSource = class extends EventTarget { close() {} }"
        );
        await visitor.Register(ada);
        await visitor.GoToEmail();
        await SignInInAnotherTab(visitor, bob);

        await visitor.Button("Delete my account").ClickAsync();
        await visitor.Page.GetByLabel("Email of the account").FillAsync(ada);
        await visitor.Button("Delete it").ClickAsync();

        await Assertions
            .Expect(visitor.Page.GetByText($"You are now signed in as {bob}").First)
            .ToBeVisibleAsync();
        await phone.Page.ReloadAsync();
        await phone.Heading("Your devices").WaitForAsync();
    }

    [Fact]
    public async Task Sign_in_of_the_same_user_in_another_tab_shows_no_notice()
    {
        string ada = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(ada);
        await SignInInAnotherTab(visitor, ada);
        await Assertions.Expect(visitor.Heading("Your devices")).ToBeVisibleAsync();
        await visitor.Page.GetByText(ada).First.WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByText("You are now signed in as"))
            .ToBeHiddenAsync();
    }

    [Fact]
    public async Task Sign_in_of_another_user_after_a_sign_out_shows_no_notice()
    {
        (string ada, string bob) = (Visitor.NewEmail(), Visitor.NewEmail());
        await using Visitor elsewhere = await browser.NewVisitor();
        await elsewhere.Register(bob);
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(ada);
        await visitor.SignOut();
        await visitor.SignInHere(bob);
        await visitor.Heading("Your devices").WaitForAsync();
        await Assertions
            .Expect(visitor.Page.GetByText("You are now signed in as"))
            .ToBeHiddenAsync();
    }

    [Fact]
    public async Task Sign_in_page_writes_nothing_to_the_console()
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

    // The content of the other tab does not matter, only that it sets the cookies and uses its session.
    private static async Task SignInInAnotherTab(Visitor visitor, string email)
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
            new[] { email, Visitor.Password }
        );
        Assert.Equal([200, 200], statuses);
        await tab.CloseAsync();
    }
}
