using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Parallel uses of one refresh token.</summary>
public sealed class ParallelRefreshTests(OwnNode own) : IClassFixture<OwnNode>
{
    [Fact(
        DisplayName = "S-16 A thousand parallel refreshes of one token are all answered 204 and make one successor"
    )]
    public async Task Thousand_parallel_refreshes_make_one_successor()
    {
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        BrowserClient[] tabs = Tabs(browser, 1000);

        HttpStatusCode[] answers = await Task.WhenAll(tabs.Select(Refresh));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer));
        Assert.Equal(2, Assert.Single(tabs.Select(Generation).Distinct()));
        Assert.True(await tabs[0].IsSignedIn());
        Assert.True(await tabs[^1].IsSignedIn());
        Dispose(tabs);
    }

    [Fact(
        DisplayName = "S-16 Fifty parallel calls with an expired access token are all answered, with one new generation"
    )]
    public async Task Fifty_parallel_calls_with_an_expired_access_token_make_one_new_generation()
    {
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        own.Node.Clock.Advance(TimeSpan.FromMinutes(15));
        BrowserClient[] tabs = Tabs(browser, 50);

        bool[] signedIn = await Task.WhenAll(tabs.Select(tab => tab.IsSignedIn()));

        Assert.All(signedIn, Assert.True);
        Assert.Equal(2, Assert.Single(tabs.Select(Generation).Distinct()));
        Dispose(tabs);
    }

    [Fact]
    public async Task Two_tabs_stay_signed_in_while_both_refresh_again_and_again()
    {
        using BrowserClient one = own.Node.NewBrowser();
        await one.Register(People.NewEmail());
        BrowserClient other = Tabs(one, 1)[0];
        for (int i = 0; i < 5; i++)
        {
            await Task.WhenAll(Refresh(one), Refresh(other));
            Assert.True(await one.IsSignedIn());
            Assert.True(await other.IsSignedIn());
            Assert.Equal(Generation(one), Generation(other));
            own.Node.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal(6, Generation(one));
        other.Dispose();
    }

    private static async Task<HttpStatusCode> Refresh(BrowserClient browser)
    {
        using HttpResponseMessage response = await browser.Post("/refresh");
        return response.StatusCode;
    }

    private static long Generation(BrowserClient browser) =>
        Forger.Open(browser.RefreshToken!).Payload["gen"]!.GetValue<long>();

    private BrowserClient[] Tabs(BrowserClient browser, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    BrowserClient tab = own.Node.NewBrowser();
                    tab.AccessToken = browser.AccessToken;
                    tab.RefreshToken = browser.RefreshToken;
                    return tab;
                }),
        ];

    private static void Dispose(BrowserClient[] browsers)
    {
        foreach (BrowserClient browser in browsers)
            browser.Dispose();
    }
}
