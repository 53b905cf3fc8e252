using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Failed attempts of others never lock a user out: a known device has a budget of its own.</summary>
public sealed class KnownDeviceTests(SlowThrottleNode slow) : IClassFixture<SlowThrottleNode>
{
    private const string Device = "deviceToken";

    private RunningNode Node => slow.Node;

    [Fact(
        DisplayName = "S-30 While others guess the password, the owner signs in at once on a known device, and no session ends"
    )]
    public async Task Owner_signs_in_on_a_known_device_during_an_attack()
    {
        (string email, BrowserClient device) = await Owner();
        using BrowserClient live = Node.NewBrowser();
        await live.Login(email);
        using HttpResponseMessage signedOut = await device.Post("/logout");
        await Attack(email, beside: live);

        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(email, People.Password));

        Assert.True(await device.IsSignedIn());
        Assert.True(await live.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-30 A known device has to send the code too, and has its own budget for it"
    )]
    public async Task Known_device_has_to_send_the_code_too()
    {
        (string email, BrowserClient device) = await Owner();
        Authenticator app = await Authenticator.TurnOn(Node, device);
        using HttpResponseMessage signedOut = await device.Post("/logout");
        using BrowserClient attacker = Node.NewBrowser();
        await attacker.Login(email);
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await attacker.TryCode(app.WrongCode()));
        Assert.Equal(HttpStatusCode.TooManyRequests, await attacker.TryCode(app.Code()));
        await Attack(email);

        using HttpResponseMessage login = await device.Login(email);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        JsonElement answer = await login.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("second-factor", answer.GetProperty("next").GetString());
        Assert.False(await device.IsSignedIn());
        Assert.Equal(HttpStatusCode.OK, await device.TryCode(app.FreshCode()));
        Assert.True(await device.IsSignedIn());
    }

    [Fact(DisplayName = "S-30 A device of another user is no known device")]
    public async Task Device_of_another_user_is_no_known_device()
    {
        (string email, BrowserClient device) = await Owner();
        (string other, BrowserClient others) = await Owner();
        await Attack(email);

        Assert.Equal(HttpStatusCode.TooManyRequests, await others.TryLogin(email, People.Password));

        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(email, People.Password));
        Assert.Equal(HttpStatusCode.OK, await others.TryLogin(other, People.Password));
    }

    [Fact(
        DisplayName = "S-30 A device cookie that is forged, altered or of another kind makes no known device"
    )]
    public async Task Forged_device_cookie_makes_no_known_device()
    {
        (string email, BrowserClient device) = await Owner();
        string cookie = device.Cookies[Device];
        (JsonObject header, JsonObject payload) = Forger.Open(cookie);
        Forger unrelated = new(KnownSecrets.NewSecret(), KnownSecrets.NewSecret());
        Forger wrongTokenKey = new(slow.CookieSecret, KnownSecrets.NewSecret());
        JsonObject expired = payload.DeepClone().AsObject();
        expired["exp"] = 1;
        JsonObject access = header.DeepClone().AsObject();
        access["typ"] = "at+jwt";
        (string accessToken, string refreshToken) = (device.AccessToken!, device.RefreshToken!);
        string[] invalid =
        [
            "",
            "x",
            cookie[..^1],
            accessToken,
            refreshToken,
            slow.Forger.Sign(Device, Token(accessToken)),
            slow.Forger.Sign(Device, Token(refreshToken)),
            slow.Forger.Cookie(Device, "at+jwt", header, payload),
            slow.Forger.Cookie(Device, "dt+jwt", access, payload),
            slow.Forger.Cookie(Device, "dt+jwt", header, expired),
            slow.Forger.Cookie("accessToken", "dt+jwt", header, payload),
            unrelated.Cookie(Device, "dt+jwt", header, payload),
            wrongTokenKey.Cookie(Device, "dt+jwt", header, payload),
        ];
        await Attack(email);

        foreach (string value in invalid)
        {
            using BrowserClient attacker = Node.NewBrowser();
            attacker.Cookies[Device] = value;
            HttpStatusCode status = await attacker.TryLogin(email, People.Password);
            Assert.True(status == HttpStatusCode.TooManyRequests, $"{(int)status} with {value}");
        }

        // A forged cookie without a fault works, so the others fail for their fault alone.
        using BrowserClient valid = Node.NewBrowser();
        valid.Cookies[Device] = slow.Forger.Cookie(Device, "dt+jwt", header, payload);
        Assert.Equal(HttpStatusCode.OK, await valid.TryLogin(email, People.Password));
    }

    [Fact(
        DisplayName = "S-30 A known device that has used up its budget is throttled until its user signs in again"
    )]
    public async Task Known_device_that_has_used_up_its_budget_is_throttled()
    {
        (string email, BrowserClient device) = await Owner();
        for (int i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await device.TryLogin(email));
        Assert.Equal(HttpStatusCode.TooManyRequests, await device.TryLogin(email, People.Password));

        Node.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(email, People.Password));

        await Attack(email);
        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(email, People.Password));
    }

    [Fact(
        DisplayName = "S-29 All known devices together have twenty failures in a row, and do not use up the budget of new devices"
    )]
    public async Task All_known_devices_together_have_twenty_failures_in_a_row()
    {
        (string email, BrowserClient device) = await Owner();
        List<BrowserClient> copies = [device];
        for (int i = 0; i < 24; i++)
        {
            BrowserClient another = Node.NewBrowser();
            Assert.Equal(HttpStatusCode.OK, await another.TryLogin(email, People.Password));
            copies.Add(another);
        }

        int evaluated = 0;
        foreach (BrowserClient copy in copies.Concat(copies).Concat(copies))
        {
            if (await copy.TryLogin(email) == HttpStatusCode.Unauthorized)
                evaluated++;
        }

        // Twenty from known devices, and the ten that new devices have without delay.
        Assert.Equal(30, evaluated);
        Node.Clock.Advance(SlowThrottleNode.FirstDelay);
        using BrowserClient newDevice = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await newDevice.TryLogin(email, People.Password));
    }

    [Theory(
        DisplayName = "S-30 A change that ends all other sessions makes their devices unknown, and the current one stays known"
    )]
    [InlineData("a password change")]
    [InlineData("ending all other sessions")]
    [InlineData("an authenticator app")]
    public async Task Change_that_ends_other_sessions_makes_their_devices_unknown(string change)
    {
        (string email, BrowserClient device) = await Owner();
        using BrowserClient other = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await other.TryLogin(email, People.Password));
        string password = People.Password;
        if (change == "a password change")
        {
            password = "another horse, another battery";
            using HttpResponseMessage changed = await device.Post(
                "/password/change",
                new { currentPassword = People.Password, newPassword = password }
            );
            Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        }
        else if (change == "ending all other sessions")
        {
            using HttpResponseMessage ended = await device.Delete("/sessions");
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }
        else
        {
            await Authenticator.TurnOn(Node, device);
        }

        using (BrowserClient attacker = Node.NewBrowser())
        {
            for (int i = 0; i < 10; i++)
                Assert.Equal(HttpStatusCode.Unauthorized, await attacker.TryLogin(email));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await other.TryLogin(email, password));
        Assert.Equal(HttpStatusCode.OK, await device.TryLogin(email, password));
    }

    [Fact(
        DisplayName = "S-30 After the owner's reset the devices of an attacker who had registered the email are unknown, and the owner signs in"
    )]
    public async Task Devices_of_an_attacker_who_had_registered_the_email_are_unknown_after_a_reset()
    {
        string email = People.NewEmail();
        List<BrowserClient> attackers = [];
        for (int i = 0; i < 25; i++)
        {
            BrowserClient attacker = Node.NewBrowser();
            using HttpResponseMessage signedIn =
                i == 0 ? await attacker.Register(email) : await attacker.Login(email);
            attackers.Add(attacker);
        }

        using BrowserClient owner = Node.NewBrowser();
        await Node.Reset(email, "another horse, another battery");

        int evaluated = 0;
        foreach (BrowserClient attacker in attackers.SelectMany(one => Enumerable.Repeat(one, 10)))
        {
            if (await attacker.TryLogin(email) == HttpStatusCode.Unauthorized)
                evaluated++;
        }

        Assert.Equal(10, evaluated);
        Node.Clock.Advance(SlowThrottleNode.FirstDelay);
        Assert.Equal(
            HttpStatusCode.OK,
            await owner.TryLogin(email, "another horse, another battery")
        );
    }

    [Fact(
        DisplayName = "S-30 The browser of a password reset is a known device, however many failed attempts follow"
    )]
    public async Task Browser_of_a_password_reset_is_a_known_device()
    {
        const string NewPassword = "another horse, another battery";
        string email = People.NewEmail();
        using BrowserClient registered = Node.NewBrowser();
        await registered.Register(email);
        using BrowserClient owner = Node.NewBrowser();
        using HttpResponseMessage requested = await owner.Post("/password/forgot", new { email });
        string token = await Node.Token(email, Mailbox.Reset);

        using HttpResponseMessage reset = await owner.Post(
            "/password/reset",
            new { token, password = NewPassword }
        );

        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.False(await owner.IsSignedIn());
        for (int i = 0; i < 12; i++)
        {
            using BrowserClient attacker = Node.NewBrowser();
            await attacker.TryLogin(email);
        }

        Assert.Equal(HttpStatusCode.OK, await owner.TryLogin(email, NewPassword));
    }

    [Fact(
        DisplayName = "A known device without a session is listed, and forgotten when the other sessions are ended"
    )]
    public async Task Known_device_without_a_session_is_listed()
    {
        (string email, BrowserClient device) = await Owner();
        using BrowserClient other = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await other.TryLogin(email, People.Password));
        using HttpResponseMessage signedOut = await other.Post("/logout");

        JsonElement before = await device.Get("/sessions").Answered(HttpStatusCode.OK);
        using HttpResponseMessage ended = await device.Delete("/sessions");
        JsonElement after = await device.Get("/sessions").Answered(HttpStatusCode.OK);

        Assert.Equal(1, before.GetProperty("remembered").GetArrayLength());
        Assert.Equal(0, after.GetProperty("remembered").GetArrayLength());
    }

    private async Task<(string Email, BrowserClient Device)> Owner()
    {
        string email = People.NewEmail();
        BrowserClient device = Node.NewBrowser();
        using HttpResponseMessage registered = await device.Register(email);
        Assert.True(device.Cookies.ContainsKey(Device));
        return (email, device);
    }

    // From a new device, until the throttle refuses even the right password there.
    private async Task Attack(string email, BrowserClient? beside = null)
    {
        using BrowserClient attacker = Node.NewBrowser();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await attacker.TryLogin(email));
            Assert.True(beside is null || await beside.IsSignedIn());
        }

        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await attacker.TryLogin(email, People.Password)
        );
    }

    private static string Token(string cookieValue) => cookieValue[..cookieValue.LastIndexOf('.')];
}
