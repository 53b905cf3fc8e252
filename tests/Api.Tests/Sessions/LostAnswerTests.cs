using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Rotation confirmed by delivery: lost answers sign nobody out, and copies are found out.</summary>
public sealed class LostAnswerTests(OwnNode own) : IClassFixture<OwnNode>
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

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
        DisplayName = "S-15 A token whose successor came back is dead after the grace, and revokes the session"
    )]
    public async Task A_token_whose_successor_came_back_revokes_the_session()
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
        Node.Clock.Advance(Grace);

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
