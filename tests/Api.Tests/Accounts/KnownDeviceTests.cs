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
        DisplayName = "S-30 A device that has used its share up is as any other, until its user is there again"
    )]
    public async Task A_device_that_has_used_its_share_up_is_as_any_other()
    {
        (string address, BrowserClient device) = await Owner();
        for (int i = 0; i < 20; i++)
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
        DisplayName = "S-29 All known devices together have twenty failures in a row, and use up nothing of what a new device has"
    )]
    public async Task All_known_devices_together_have_twenty_failures()
    {
        (string address, BrowserClient device) = await Owner();
        List<BrowserClient> copies = [device];
        for (int i = 0; i < 24; i++)
        {
            BrowserClient another = Node.NewBrowser();
            Assert.Equal(HttpStatusCode.OK, await another.TryLogin(address, People.Password));
            copies.Add(another);
        }

        int looked = 0;
        foreach (BrowserClient copy in copies.Concat(copies).Concat(copies))
        {
            if (await copy.TryLogin(address) == HttpStatusCode.Unauthorized)
                looked++;
        }

        // Twenty on known devices, and the ten that strangers have free.
        Assert.Equal(30, looked);
        Node.Clock.Advance(GuessedNode.FirstWait);
        using BrowserClient newDevice = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await newDevice.TryLogin(address, People.Password));
    }

    [Theory(
        DisplayName = "S-30 What ends the other sessions makes their devices strangers, and this one stays known"
    )]
    [InlineData("a changed password")]
    [InlineData("ending all others")]
    [InlineData("an authenticator app")]
    public async Task What_ends_other_sessions_makes_their_devices_strangers(string change)
    {
        (string address, BrowserClient device) = await Owner();
        using BrowserClient other = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await other.TryLogin(address, People.Password));
        string password = People.Password;
        if (change == "a changed password")
        {
            password = "another horse, another battery";
            using HttpResponseMessage changed = await device.Post(
                "/password/change",
                new { currentPassword = People.Password, newPassword = password }
            );
            Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        }
        else if (change == "ending all others")
        {
            using HttpResponseMessage ended = await device.Delete("/sessions");
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }
        else
        {
            await Authenticator.TurnOn(Node, device);
        }

        using (BrowserClient guesser = Node.NewBrowser())
        {
            for (int i = 0; i < 10; i++)
                Assert.Equal(HttpStatusCode.Unauthorized, await guesser.TryLogin(address));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await other.TryLogin(address, password));
        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(address, password));
    }

    [Fact(
        DisplayName = "S-30 A squatter's devices end with the reset of the owner, who signs in with the new password"
    )]
    public async Task A_squatters_devices_end_with_the_reset()
    {
        string address = People.NewAddress();
        List<BrowserClient> squatters = [];
        for (int i = 0; i < 25; i++)
        {
            BrowserClient squatter = Node.NewBrowser();
            using HttpResponseMessage entered =
                i == 0 ? await squatter.Register(address) : await squatter.Login(address);
            squatters.Add(squatter);
        }

        using BrowserClient owner = Node.NewBrowser();
        await Node.Reset(address, "another horse, another battery");

        int looked = 0;
        foreach (BrowserClient squatter in squatters.SelectMany(one => Enumerable.Repeat(one, 10)))
        {
            if (await squatter.TryLogin(address) == HttpStatusCode.Unauthorized)
                looked++;
        }

        Assert.Equal(10, looked);
        Node.Clock.Advance(GuessedNode.FirstWait);
        Assert.Equal(
            HttpStatusCode.OK,
            await owner.TryLogin(address, "another horse, another battery")
        );
    }

    [Fact(
        DisplayName = "S-30 The browser in which the password was reset by mail is known, however many go on guessing"
    )]
    public async Task The_browser_of_a_reset_is_known()
    {
        const string NewPassword = "another horse, another battery";
        string address = People.NewAddress();
        using BrowserClient registered = Node.NewBrowser();
        await registered.Register(address);
        using BrowserClient owner = Node.NewBrowser();
        using HttpResponseMessage asked = await owner.Post(
            "/password/forgot",
            new { email = address }
        );
        string token = await Node.Token(address, Mailbox.Reset);

        using HttpResponseMessage reset = await owner.Post(
            "/password/reset",
            new { token, password = NewPassword }
        );

        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.False(await owner.IsSignedIn());
        for (int i = 0; i < 12; i++)
        {
            using BrowserClient guesser = Node.NewBrowser();
            await guesser.TryLogin(address);
        }

        Assert.Equal(HttpStatusCode.OK, await owner.TryLogin(address, NewPassword));
    }

    [Fact(
        DisplayName = "A device that is known and has no session is listed, and ends with the others"
    )]
    public async Task A_known_device_without_a_session_is_listed()
    {
        (string address, BrowserClient device) = await Owner();
        using BrowserClient other = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await other.TryLogin(address, People.Password));
        using HttpResponseMessage signedOut = await other.Post("/logout");

        JsonElement before = await device.Get("/sessions").Answered(HttpStatusCode.OK);
        using HttpResponseMessage ended = await device.Delete("/sessions");
        JsonElement after = await device.Get("/sessions").Answered(HttpStatusCode.OK);

        Assert.Equal(1, before.GetProperty("remembered").GetArrayLength());
        Assert.Equal(0, after.GetProperty("remembered").GetArrayLength());
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
