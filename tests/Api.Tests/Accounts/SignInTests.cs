using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Signing in: the new session, the old one, and what a guesser learns.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class SignInTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-14 Signing in makes a new session and ends the one that this browser had"
    )]
    public async Task Signing_in_makes_a_new_session_and_ends_the_old()
    {
        string address = People.NewAddress();
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(address);
        string old = await browser.SessionId();
        (string? access, string? refresh) = (browser.AccessToken, browser.RefreshToken);

        using HttpResponseMessage login = await browser.Login(address);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        JsonElement account = await login.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(address, account.GetProperty("email").GetString());
        Assert.NotEqual(old, await browser.SessionId());
        Assert.Equal("signed-in-again", await DeviceListing.Reason(browser, old));
        using BrowserClient planted = shared.Node.NewBrowser();
        (planted.AccessToken, planted.RefreshToken) = (access, refresh);
        Assert.False(await planted.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-14 Cookies that somebody planted do not survive a sign-in, whoever they belong to"
    )]
    public async Task Planted_cookies_do_not_survive_a_sign_in()
    {
        string victim = People.NewAddress();
        using BrowserClient attacker = shared.Node.NewBrowser();
        using BrowserClient browser = shared.Node.NewBrowser();
        using BrowserClient elsewhere = shared.Node.NewBrowser();
        await elsewhere.Register(victim);
        await attacker.Register(People.NewAddress());
        (browser.AccessToken, browser.RefreshToken) = (attacker.AccessToken, attacker.RefreshToken);

        await browser.Login(victim);

        Assert.True(await browser.IsSignedIn());
        Assert.False(await attacker.IsSignedIn());
        Assert.True(await elsewhere.IsSignedIn());
    }

    [Fact(DisplayName = "S-14 A sign-in that fails leaves the session that was there")]
    public async Task A_sign_in_that_fails_leaves_the_session()
    {
        string address = People.NewAddress();
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(address);
        using HttpResponseMessage login = await browser.Login(address, "a wrong password");
        await Problem.Is(login, HttpStatusCode.Unauthorized, "sign-in-refused");
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-27 An unknown address and a wrong password get one answer")]
    public async Task An_unknown_address_and_a_wrong_password_get_one_answer()
    {
        string address = People.NewAddress();
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(address);
        using HttpResponseMessage wrong = await browser.Login(address, "a wrong password");
        using HttpResponseMessage unknown = await browser.Login(
            People.NewAddress(),
            "a wrong password"
        );

        Assert.Equal(wrong.StatusCode, unknown.StatusCode);
        Assert.Equal(
            await wrong.Content.ReadAsStringAsync(),
            await unknown.Content.ReadAsStringAsync()
        );
        Assert.Equal(
            wrong.Headers.Select(header => header.Key).Order(),
            unknown.Headers.Select(header => header.Key).Order()
        );
    }

    [Fact(
        DisplayName = "S-27 An unknown address takes as long as a wrong password: medians of 200 within a tenth"
    )]
    public async Task An_unknown_address_takes_as_long()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_THROTTLE"] = "off" }
        );
        string known = People.NewAddress();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(known);
        browser.Cookies.Clear();
        await Median(browser, known, 20);

        // Other work on the machine may fall on one of the two: a real difference would be there each time.
        const int Rounds = 3;
        List<double> ratios = [];
        for (int round = 0; round < Rounds && !ratios.Exists(IsWithinATenth); round++)
            ratios.Add(await Ratio(browser, known));
        Assert.True(
            ratios.Exists(IsWithinATenth),
            $"unknown to known: {string.Join(", ", ratios)}"
        );
    }

    private static bool IsWithinATenth(double ratio) => ratio is > 0.9 and < 1.1;

    private static async Task<double> Ratio(BrowserClient browser, string known)
    {
        List<double> knowns = [];
        List<double> unknowns = [];
        for (int i = 0; i < 200; i++)
        {
            knowns.Add(await Median(browser, known, 1));
            unknowns.Add(await Median(browser, People.NewAddress(), 1));
        }

        return Middle(unknowns) / Middle(knowns);
    }

    private static async Task<double> Median(BrowserClient browser, string address, int tries)
    {
        List<double> times = [];
        for (int i = 0; i < tries; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await browser.Login(address, "a wrong password");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        return Middle(times);
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
