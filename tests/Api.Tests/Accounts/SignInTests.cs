using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Sign-in: the new session, the previous one, and user enumeration.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class SignInTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-14 A sign-in makes a new session and ends the previous one of the browser"
    )]
    public async Task Sign_in_makes_a_new_session_and_ends_the_previous_one()
    {
        string email = People.NewEmail();
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(email);
        string old = await browser.SessionId();
        (string? access, string? refresh) = (browser.AccessToken, browser.RefreshToken);

        using HttpResponseMessage login = await browser.Login(email);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        JsonElement account = await login.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(email, account.GetProperty("email").GetString());
        Assert.NotEqual(old, await browser.SessionId());
        Assert.Equal("signed-in-again", await DeviceListing.Reason(browser, old));
        using BrowserClient planted = shared.Node.NewBrowser();
        (planted.AccessToken, planted.RefreshToken) = (access, refresh);
        Assert.False(await planted.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-14 Cookies that an attacker planted do not survive a sign-in (session fixation)"
    )]
    public async Task Planted_cookies_do_not_survive_a_sign_in()
    {
        string victim = People.NewEmail();
        using BrowserClient attacker = shared.Node.NewBrowser();
        using BrowserClient browser = shared.Node.NewBrowser();
        using BrowserClient otherBrowser = shared.Node.NewBrowser();
        await otherBrowser.Register(victim);
        await attacker.Register(People.NewEmail());
        (browser.AccessToken, browser.RefreshToken) = (attacker.AccessToken, attacker.RefreshToken);

        await browser.Login(victim);

        Assert.True(await browser.IsSignedIn());
        Assert.False(await attacker.IsSignedIn());
        Assert.True(await otherBrowser.IsSignedIn());
    }

    [Fact(DisplayName = "S-14 A failed sign-in keeps the existing session")]
    public async Task Failed_sign_in_keeps_the_existing_session()
    {
        string email = People.NewEmail();
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(email);
        using HttpResponseMessage login = await browser.Login(email, "a wrong password");
        await Problem.Is(login, HttpStatusCode.Unauthorized, "sign-in-refused");
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-27 An unknown email and a wrong password get the same answer")]
    public async Task Unknown_email_and_wrong_password_get_the_same_answer()
    {
        string email = People.NewEmail();
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(email);
        using HttpResponseMessage wrong = await browser.Login(email, "a wrong password");
        using HttpResponseMessage unknown = await browser.Login(
            People.NewEmail(),
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
        DisplayName = "S-27 A sign-in takes as long with an unknown email as with a wrong password: medians of 200 within 10%"
    )]
    [Trait("Category", "Timing")]
    public async Task Sign_in_takes_as_long_with_an_unknown_email()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_THROTTLE"] = "off" },
            realHashes: true
        );
        string known = People.NewEmail();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(known);
        browser.Cookies.Clear();
        for (int i = 0; i < 20; i++)
            await Time(browser, known);

        List<double> ratios = [];
        for (
            int round = 0;
            round < PairedTimes.Rounds && !ratios.Exists(PairedTimes.IsWithinATenth);
            round++
        )
        {
            PairedTimes times = new();
            for (int i = 0; i < 200; i++)
                await times.Add(() => Time(browser, People.NewEmail()), () => Time(browser, known));
            ratios.Add(times.Ratio());
        }

        Assert.True(
            ratios.Exists(PairedTimes.IsWithinATenth),
            $"ratio of unknown to known: {string.Join(", ", ratios)}"
        );
    }

    private static Task<double> Time(BrowserClient browser, string email) =>
        PairedTimes.Time(
            () => browser.Login(email, "a wrong password"),
            response => Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode)
        );
}
