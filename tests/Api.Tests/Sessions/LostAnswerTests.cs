using System.Net;
using System.Net.Http.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Rotation confirmed by delivery: lost answers sign nobody out, and copies are found out.</summary>
public sealed class LostAnswerTests(OwnNode own) : IClassFixture<OwnNode>
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeldUp = TimeSpan.FromMinutes(2);

    private RunningNode Node => own.Node;

    [Theory]
    [InlineData("00:00:01")]
    [InlineData("00:01:00")]
    [InlineData("29.00:00:00")]
    public async Task A_client_whose_refresh_was_answered_into_the_void_stays_signed_in(
        string later
    )
    {
        using BrowserClient browser = await SignedIn();
        (await Refresh(browser, keepCookies: false)).Dispose();
        Node.Clock.Advance(TimeSpan.Parse(later, null));

        using HttpResponseMessage again = await Refresh(browser);

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        SetCookies.BothAnew(again);
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task A_client_that_loses_one_answer_after_another_stays_signed_in()
    {
        using BrowserClient browser = await SignedIn();
        for (int i = 0; i < 5; i++)
        {
            (await Refresh(browser, keepCookies: false)).Dispose();
            Node.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-15 A token that was superseded is 503 after the grace, and two minutes later dead: it revokes the session"
    )]
    public async Task A_token_that_was_superseded_is_held_up_and_then_revokes_the_session()
    {
        string address = People.NewAddress();
        using BrowserClient owner = await SignedIn(address);
        using BrowserClient phone = Node.NewBrowser();
        await phone.Login(address);
        using BrowserClient thief = Node.NewBrowser();
        string session = await owner.SessionId();
        thief.RefreshToken = owner.RefreshToken;
        (await Refresh(owner)).Dispose();
        Assert.True(await owner.IsSignedIn());
        Node.Clock.Advance(Grace);

        await Refresh(thief).Refused(HttpStatusCode.ServiceUnavailable, "held-up");
        using HttpResponseMessage healed = await thief.Get("/test");
        await Problem.Is(healed, HttpStatusCode.ServiceUnavailable, "held-up");
        Assert.Equal(TimeSpan.FromSeconds(2), healed.Headers.RetryAfter?.Delta);
        SetCookies.None(healed);
        Assert.True(await owner.IsSignedIn());

        Node.Clock.Advance(HeldUp);
        using HttpResponseMessage copy = await Refresh(thief);

        await Problem.Is(copy, HttpStatusCode.Unauthorized, "not-signed-in");
        SetCookies.None(copy);
        using HttpResponseMessage successor = await Refresh(owner);
        Assert.Equal(HttpStatusCode.Unauthorized, successor.StatusCode);
        Assert.False(await owner.IsSignedIn());
        Assert.Equal("refresh-token-reuse", await DeviceListing.Reason(phone, session));
    }

    [Fact(DisplayName = "S-15 A thief who refreshes first is found out when the owner comes back")]
    public async Task A_thief_who_refreshes_first_is_found_out_by_the_owner()
    {
        using BrowserClient owner = await SignedIn();
        using BrowserClient thief = Node.NewBrowser();
        thief.RefreshToken = owner.RefreshToken;
        (await Refresh(thief)).Dispose();
        Assert.True(await thief.IsSignedIn());
        Node.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.False(await owner.IsSignedIn());
        Assert.False(await thief.IsSignedIn());
    }

    [Fact]
    public async Task A_copy_that_heals_a_call_is_found_out_too()
    {
        using BrowserClient owner = await SignedIn();
        using BrowserClient thief = Node.NewBrowser();
        thief.RefreshToken = owner.RefreshToken;
        (await Refresh(owner)).Dispose();
        Assert.True(await owner.IsSignedIn());
        Node.Clock.Advance(Grace + HeldUp);

        Assert.False(await thief.IsSignedIn());
        Assert.False(await owner.IsSignedIn());
    }

    [Fact]
    public async Task A_token_whose_successor_came_back_just_now_is_good_for_a_request_under_way()
    {
        using BrowserClient tab = await SignedIn();
        using BrowserClient otherTab = Node.NewBrowser();
        otherTab.RefreshToken = tab.RefreshToken;
        (await Refresh(tab)).Dispose();
        Assert.True(await tab.IsSignedIn());
        Node.Clock.Advance(Grace - TimeSpan.FromSeconds(5));

        Assert.True(await otherTab.IsSignedIn());
        Assert.True(await tab.IsSignedIn());
    }

    [Fact]
    public async Task A_request_that_was_held_up_signs_nobody_out_whatever_it_asks_for()
    {
        using BrowserClient tab = await SignedIn();
        using BrowserClient heldUp = Node.NewBrowser();
        heldUp.RefreshToken = tab.RefreshToken;
        (await Refresh(tab)).Dispose();
        Assert.True(await tab.IsSignedIn());
        Node.Clock.Advance(TimeSpan.FromMinutes(1));

        await heldUp.Get("/me").Refused(HttpStatusCode.ServiceUnavailable, "held-up");
        await heldUp
            .Post("/step-up", new { password = People.Password })
            .Refused(HttpStatusCode.ServiceUnavailable, "held-up");
        // It works without a session too, but is not the same then.
        await heldUp
            .Post("/email/verification/confirm", new { token = "x", password = "x" })
            .Refused(HttpStatusCode.ServiceUnavailable, "held-up");
        Assert.True(await tab.IsSignedIn());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Step_ups_whose_answers_are_lost_sign_nobody_out(int lost)
    {
        using BrowserClient browser = await SignedIn();
        for (int i = 0; i < lost; i++)
        {
            // The access token has expired: each of them advances twice.
            Node.Clock.Advance(TimeSpan.FromMinutes(16));
            (await StepUp(browser, keepCookies: false)).EnsureSuccessStatusCode();
        }

        Node.Clock.Advance(Grace);

        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task A_parallel_request_beside_a_step_up_with_an_expired_access_token_signs_nobody_out()
    {
        using BrowserClient page = await SignedIn();
        Node.Clock.Advance(TimeSpan.FromMinutes(16));
        using BrowserClient parallel = Node.NewBrowser();
        parallel.RefreshToken = page.RefreshToken;
        (await StepUp(page, keepCookies: true)).EnsureSuccessStatusCode();

        await parallel.Get("/me").Refused(HttpStatusCode.ServiceUnavailable, "held-up");

        await page.Delete("/sessions").Answered(HttpStatusCode.NoContent);
        Node.Clock.Advance(TimeSpan.FromMinutes(1));
        await parallel.Get("/me").Refused(HttpStatusCode.ServiceUnavailable, "held-up");
        Assert.True(await page.IsSignedIn());
    }

    private static Task<HttpResponseMessage> StepUp(BrowserClient browser, bool keepCookies) =>
        browser.Send(
            new(HttpMethod.Post, "/step-up")
            {
                Content = JsonContent.Create(new { password = People.Password }),
            },
            keepCookies
        );

    private async Task<BrowserClient> SignedIn(string? address = null)
    {
        BrowserClient browser = Node.NewBrowser();
        (await browser.Register(address ?? People.NewAddress())).EnsureSuccessStatusCode();
        return browser;
    }

    private static Task<HttpResponseMessage> Refresh(
        BrowserClient browser,
        bool keepCookies = true
    ) => browser.Send(new(HttpMethod.Post, "/refresh"), keepCookies);
}
