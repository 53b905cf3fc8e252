using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Nobody locks anybody out: a device on which its user has signed in has a budget of its own.</summary>
public sealed class KnownDeviceTests(GuessedNode guessed) : IClassFixture<GuessedNode>
{
    private const string Device = "deviceToken";

    private RunningNode Node => guessed.Node;

    [Fact(
        DisplayName = "S-30 While others guess her password, its owner signs in at once on her own device, and nothing of hers ends"
    )]
    public async Task An_owner_signs_in_on_her_own_device()
    {
        (string address, BrowserClient device) = await Owner();
        using BrowserClient live = Node.NewBrowser();
        await live.Login(address);
        using HttpResponseMessage signedOut = await device.Post("/logout");
        await Attack(address, beside: live);

        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(address, People.Password));

        Assert.True(await device.IsSignedIn());
        Assert.True(await live.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-30 On a known device the code is still asked for, and has a budget of its own too"
    )]
    public async Task On_a_known_device_the_code_is_still_asked_for()
    {
        (string address, BrowserClient device) = await Owner();
        Authenticator app = await Authenticator.TurnOn(Node, device);
        using HttpResponseMessage signedOut = await device.Post("/logout");
        using BrowserClient guesser = Node.NewBrowser();
        await guesser.Login(address);
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await guesser.TryCode(app.WrongCode()));
        Assert.Equal(HttpStatusCode.TooManyRequests, await guesser.TryCode(app.Code()));
        await Attack(address);

        using HttpResponseMessage login = await device.Login(address);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        JsonElement answer = await login.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("second-factor", answer.GetProperty("next").GetString());
        Assert.False(await device.IsSignedIn());
        Assert.Equal(HttpStatusCode.OK, await device.TryCode(app.FreshCode()));
        Assert.True(await device.IsSignedIn());
    }

    [Fact(DisplayName = "S-30 Somebody else's device is no known one")]
    public async Task Somebody_elses_device_is_no_known_one()
    {
        (string address, BrowserClient device) = await Owner();
        (string other, BrowserClient others) = await Owner();
        await Attack(address);

        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await others.TryLogin(address, People.Password)
        );

        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(address, People.Password));
        Assert.Equal(HttpStatusCode.OK, await others.TryLogin(other, People.Password));
    }

    [Fact(
        DisplayName = "S-30 A device cookie that is forged, altered, or of another kind makes no device known"
    )]
    public async Task A_forged_device_cookie_makes_no_device_known()
    {
        (string address, BrowserClient device) = await Owner();
        string cookie = device.Cookies[Device];
        (JsonObject header, JsonObject payload) = Forger.Open(cookie);
        Forger stranger = new(KnownSecrets.NewSecret(), KnownSecrets.NewSecret());
        Forger halfKnown = new(guessed.CookieSecret, KnownSecrets.NewSecret());
        JsonObject expired = payload.DeepClone().AsObject();
        expired["exp"] = 1;
        JsonObject access = header.DeepClone().AsObject();
        access["typ"] = "at+jwt";
        (string accessToken, string refreshToken) = (device.AccessToken!, device.RefreshToken!);
        string[] bad =
        [
            "",
            "x",
            cookie[..^1],
            accessToken,
            refreshToken,
            guessed.Forger.Sign(Device, Token(accessToken)),
            guessed.Forger.Sign(Device, Token(refreshToken)),
            guessed.Forger.Cookie(Device, "at+jwt", header, payload),
            guessed.Forger.Cookie(Device, "dt+jwt", access, payload),
            guessed.Forger.Cookie(Device, "dt+jwt", header, expired),
            guessed.Forger.Cookie("accessToken", "dt+jwt", header, payload),
            stranger.Cookie(Device, "dt+jwt", header, payload),
            halfKnown.Cookie(Device, "dt+jwt", header, payload),
        ];
        await Attack(address);

        foreach (string value in bad)
        {
            using BrowserClient guesser = Node.NewBrowser();
            guesser.Cookies[Device] = value;
            HttpStatusCode status = await guesser.TryLogin(address, People.Password);
            Assert.True(status == HttpStatusCode.TooManyRequests, $"{(int)status} with {value}");
        }

        // As ours in everything: the others fail for what is wrong in them.
        using BrowserClient good = Node.NewBrowser();
        good.Cookies[Device] = guessed.Forger.Cookie(Device, "dt+jwt", header, payload);
        Assert.Equal(HttpStatusCode.OK, await good.TryLogin(address, People.Password));
    }

    [Fact(
        DisplayName = "S-30 A device that has used its budget up is as any other, until its user is there again"
    )]
    public async Task A_device_that_has_used_its_budget_up_is_as_any_other()
    {
        (string address, BrowserClient device) = await Owner();
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await device.TryLogin(address));
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await device.TryLogin(address, People.Password)
        );

        Node.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(address, People.Password));

        await Attack(address);
        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(address, People.Password));
    }

    [Fact(
        DisplayName = "S-29 What fails on a known device counts at its account, so that a stolen one gives no more tries"
    )]
    public async Task What_fails_on_a_known_device_counts_at_its_account()
    {
        (string address, BrowserClient device) = await Owner();
        using BrowserClient second = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await second.TryLogin(address, People.Password));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await device.TryLogin(address));
            Assert.Equal(HttpStatusCode.Unauthorized, await second.TryLogin(address));
        }

        using BrowserClient stranger = Node.NewBrowser();
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await stranger.TryLogin(address, People.Password)
        );

        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(address, People.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, await stranger.TryLogin(address));
    }

    private async Task<(string Address, BrowserClient Device)> Owner()
    {
        string address = People.NewAddress();
        BrowserClient device = Node.NewBrowser();
        using HttpResponseMessage registered = await device.Register(address);
        Assert.True(device.Cookies.ContainsKey(Device));
        return (address, device);
    }

    // From elsewhere, until even the right password is held off there.
    private async Task Attack(string address, BrowserClient? beside = null)
    {
        using BrowserClient guesser = Node.NewBrowser();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await guesser.TryLogin(address));
            Assert.True(beside is null || await beside.IsSignedIn());
        }

        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await guesser.TryLogin(address, People.Password)
        );
    }

    private static string Token(string cookieValue) => cookieValue[..cookieValue.LastIndexOf('.')];
}
