using System.Net;
using System.Net.Http.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Lost answers sign no one out, and copied refresh tokens are detected: a rotation is confirmed when its tokens come back.</summary>
public sealed class LostAnswerTests(OwnNode own) : IClassFixture<OwnNode>
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RevocationDelay = TimeSpan.FromMinutes(2);

    private RunningNode Node => own.Node;

    [Theory]
    [InlineData("00:00:01")]
    [InlineData("00:01:00")]
    [InlineData("29.00:00:00")]
    public async Task Client_stays_signed_in_after_lost_answers_to_its_refresh(string later)
    {
        using BrowserClient browser = await SignedIn();
        (await Refresh(browser, keepCookies: false)).Dispose();
        Node.Clock.Advance(TimeSpan.Parse(later, null));

        using HttpResponseMessage again = await Refresh(browser);

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        SetCookies.BothSet(again);
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Client_stays_signed_in_after_one_lost_answer_after_another()
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
        DisplayName = "S-15 A superseded token is 503 after the grace, and two minutes later its use revokes the session"
    )]
    public async Task Superseded_token_is_503_after_the_grace_and_then_revokes_the_session()
    {
        string email = People.NewEmail();
        using BrowserClient owner = await SignedIn(email);
        using BrowserClient phone = Node.NewBrowser();
        await phone.Login(email);
        using BrowserClient attacker = Node.NewBrowser();
        string session = await owner.SessionId();
        attacker.RefreshToken = owner.RefreshToken;
        (await Refresh(owner)).Dispose();
        Assert.True(await owner.IsSignedIn());
        Node.Clock.Advance(Grace);

        await Refresh(attacker).Refused(HttpStatusCode.ServiceUnavailable, "token-superseded");
        using HttpResponseMessage call = await attacker.Get("/test");
        await Problem.Is(call, HttpStatusCode.ServiceUnavailable, "token-superseded");
        Assert.Equal(TimeSpan.FromSeconds(2), call.Headers.RetryAfter?.Delta);
        SetCookies.None(call);
        Assert.True(await owner.IsSignedIn());

        Node.Clock.Advance(RevocationDelay);
        using HttpResponseMessage copy = await Refresh(attacker);

        await Problem.Is(copy, HttpStatusCode.Unauthorized, "not-signed-in");
        SetCookies.None(copy);
        using HttpResponseMessage successor = await Refresh(owner);
        Assert.Equal(HttpStatusCode.Unauthorized, successor.StatusCode);
        Assert.False(await owner.IsSignedIn());
        Assert.Equal("refresh-token-reuse", await DeviceListing.Reason(phone, session));
    }

    [Fact(DisplayName = "S-15 A thief who refreshes first is detected when the owner refreshes")]
    public async Task Thief_who_refreshes_first_is_detected_when_the_owner_refreshes()
    {
        using BrowserClient owner = await SignedIn();
        using BrowserClient attacker = Node.NewBrowser();
        attacker.RefreshToken = owner.RefreshToken;
        (await Refresh(attacker)).Dispose();
        Assert.True(await attacker.IsSignedIn());
        Node.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.False(await owner.IsSignedIn());
        Assert.False(await attacker.IsSignedIn());
    }

    [Fact]
    public async Task Reuse_of_a_copied_token_by_any_call_is_detected_too()
    {
        using BrowserClient owner = await SignedIn();
        using BrowserClient attacker = Node.NewBrowser();
        attacker.RefreshToken = owner.RefreshToken;
        (await Refresh(owner)).Dispose();
        Assert.True(await owner.IsSignedIn());
        Node.Clock.Advance(Grace + RevocationDelay);

        Assert.False(await attacker.IsSignedIn());
        Assert.False(await owner.IsSignedIn());
    }

    [Fact]
    public async Task Superseded_token_works_during_the_grace_for_a_parallel_request()
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
    public async Task Delayed_request_with_a_superseded_token_signs_no_one_out()
    {
        using BrowserClient tab = await SignedIn();
        using BrowserClient delayed = Node.NewBrowser();
        delayed.RefreshToken = tab.RefreshToken;
        (await Refresh(tab)).Dispose();
        Assert.True(await tab.IsSignedIn());
        Node.Clock.Advance(TimeSpan.FromMinutes(1));

        await delayed.Get("/me").Refused(HttpStatusCode.ServiceUnavailable, "token-superseded");
        await delayed
            .Post("/step-up", new { password = People.Password })
            .Refused(HttpStatusCode.ServiceUnavailable, "token-superseded");
        // This call works without a session too, but would give another answer.
        await delayed
            .Post("/email/verification/confirm", new { token = "x", password = "x" })
            .Refused(HttpStatusCode.ServiceUnavailable, "token-superseded");
        Assert.True(await tab.IsSignedIn());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Lost_answers_to_step_ups_sign_no_one_out(int lost)
    {
        using BrowserClient browser = await SignedIn();
        for (int i = 0; i < lost; i++)
        {
            // The access token has expired, so each step-up advances the generation twice.
            Node.Clock.Advance(TimeSpan.FromMinutes(16));
            (await StepUp(browser, keepCookies: false)).EnsureSuccessStatusCode();
        }

        Node.Clock.Advance(Grace);

        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Parallel_request_beside_a_step_up_with_an_expired_access_token_signs_no_one_out()
    {
        using BrowserClient page = await SignedIn();
        Node.Clock.Advance(TimeSpan.FromMinutes(16));
        using BrowserClient parallel = Node.NewBrowser();
        parallel.RefreshToken = page.RefreshToken;
        (await StepUp(page, keepCookies: true)).EnsureSuccessStatusCode();

        await parallel.Get("/me").Refused(HttpStatusCode.ServiceUnavailable, "token-superseded");

        await page.Delete("/sessions").Answered(HttpStatusCode.NoContent);
        Node.Clock.Advance(TimeSpan.FromMinutes(1));
        await parallel.Get("/me").Refused(HttpStatusCode.ServiceUnavailable, "token-superseded");
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

    private async Task<BrowserClient> SignedIn(string? email = null)
    {
        BrowserClient browser = Node.NewBrowser();
        (await browser.Register(email ?? People.NewEmail())).EnsureSuccessStatusCode();
        return browser;
    }

    private static Task<HttpResponseMessage> Refresh(
        BrowserClient browser,
        bool keepCookies = true
    ) => browser.Send(new(HttpMethod.Post, "/refresh"), keepCookies);
}
