using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>What is asked of an account after a crash.</summary>
internal static class Judging
{
    // What a crash left is found at the start, or at the next look.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    /// <summary>Registers the person, who is signed in in both browsers then.</summary>
    public static async Task SignUp(this Scene scene, bool verified = true)
    {
        await scene.Own.Register(scene.Address).Answered(HttpStatusCode.Created);
        if (verified)
            await scene.Own.VerifyAddress();
        await scene.Other.Login(scene.Address).Answered(HttpStatusCode.OK);
    }

    /// <summary>Turns an authenticator app on, which ends the other browser's session: it signs in again.</summary>
    public static async Task AddApp(this Scene scene, RunningNode node)
    {
        Authenticator app = await Authenticator.TurnOn(node, scene.Own);
        (scene.AppSecret, scene.RecoveryCodes) = (app.Secret, app.RecoveryCodes);
        await scene.Other.Login(scene.Address).Answered(HttpStatusCode.OK);
        await scene
            .Other.Post("/login/second-factor", new { code = scene.FreshCode() })
            .Answered(HttpStatusCode.OK);
    }

    /// <summary>Whether the password signs in, with a code where one is asked for.</summary>
    public static async Task<bool> SignsIn(
        this Scene scene,
        string? password = null,
        string? address = null
    )
    {
        using BrowserClient browser = scene.NewBrowser();
        using HttpResponseMessage login = await browser.Login(
            address ?? scene.Address,
            password ?? People.Password
        );
        if (login.StatusCode == HttpStatusCode.Unauthorized)
            return false;

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        if (await AsksForMore(login))
        {
            Assert.False(await browser.IsSignedIn());
            await browser
                .Post("/login/second-factor", new { code = scene.FreshCode() })
                .Answered(HttpStatusCode.OK);
        }

        Assert.True(await browser.IsSignedIn());
        return true;
    }

    /// <summary>Whether the password alone is not enough.</summary>
    public static async Task<bool> IsAskedForACode(this Scene scene, string? password = null)
    {
        using BrowserClient browser = scene.NewBrowser();
        using HttpResponseMessage login = await browser.Login(
            scene.Address,
            password ?? People.Password
        );
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        return await AsksForMore(login);
    }

    /// <summary>Sends what works once at most, twice; whether it worked.</summary>
    public static async Task<bool> WorksOnce(
        this BrowserClient browser,
        string path,
        object body,
        HttpStatusCode refusal = HttpStatusCode.BadRequest
    )
    {
        using HttpResponseMessage first = await browser.Post(path, body);
        using HttpResponseMessage second = await browser.Post(path, body);
        Assert.Equal(refusal, second.StatusCode);
        if (!first.IsSuccessStatusCode)
            Assert.Equal(refusal, first.StatusCode);
        return first.IsSuccessStatusCode;
    }

    /// <summary>Waits until the browser is thrown out.</summary>
    public static Task IsThrownOut(this BrowserClient browser) =>
        Eventually.Holds(s_patience, async () => !await browser.IsSignedIn());

    /// <summary>Waits until somebody else can have the address.</summary>
    public static Task CanBeRegistered(this Scene scene, string address) =>
        Eventually.Holds(
            s_patience,
            async () =>
            {
                using BrowserClient stranger = scene.NewBrowser();
                using HttpResponseMessage registered = await stranger.Register(address);
                return registered.StatusCode == HttpStatusCode.Created;
            }
        );

    private static async Task<bool> AsksForMore(HttpResponseMessage login)
    {
        JsonElement body = await login.Content.ReadFromJsonAsync<JsonElement>();
        return body.TryGetProperty("next", out JsonElement next)
            && next.GetString() == "second-factor";
    }
}
