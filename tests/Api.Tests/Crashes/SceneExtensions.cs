using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>What the crash tests do with an account, and check of it afterwards.</summary>
internal static class SceneExtensions
{
    // Interrupted work is resumed at the start or at the next scheduled run.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    /// <summary>Registers the account and signs both browsers in.</summary>
    public static async Task SignUp(this UserScene scene, bool verified = true)
    {
        await scene.Own.Register(scene.Email).Answered(HttpStatusCode.Created);
        if (verified)
            await scene.Own.VerifyEmail();
        await scene.Other.Login(scene.Email).Answered(HttpStatusCode.OK);
    }

    /// <summary>Adds an authenticator app and signs the other browser in again, whose session this ends.</summary>
    public static async Task AddAuthenticator(this UserScene scene, RunningNode node)
    {
        Authenticator app = await Authenticator.TurnOn(node, scene.Own);
        (scene.AppSecret, scene.RecoveryCodes) = (app.Secret, app.RecoveryCodes);
        await scene.Other.Login(scene.Email).Answered(HttpStatusCode.OK);
        await scene
            .Other.Post("/login/second-factor", new { code = scene.FreshCode() })
            .Answered(HttpStatusCode.OK);
    }

    /// <summary>Whether the password signs in, with a TOTP code if one is required.</summary>
    public static async Task<bool> SignsIn(
        this UserScene scene,
        string? password = null,
        string? email = null
    )
    {
        using BrowserClient browser = scene.NewBrowser();
        using HttpResponseMessage login = await browser.Login(
            email ?? scene.Email,
            password ?? People.Password
        );
        if (login.StatusCode == HttpStatusCode.Unauthorized)
            return false;

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        if (await AsksForSecondFactor(login))
        {
            Assert.False(await browser.IsSignedIn());
            await browser
                .Post("/login/second-factor", new { code = scene.FreshCode() })
                .Answered(HttpStatusCode.OK);
        }

        Assert.True(await browser.IsSignedIn());
        return true;
    }

    /// <summary>Whether a sign-in with the password requires a second factor.</summary>
    public static async Task<bool> NeedsSecondFactor(this UserScene scene, string? password = null)
    {
        using BrowserClient browser = scene.NewBrowser();
        using HttpResponseMessage login = await browser.Login(
            scene.Email,
            password ?? People.Password
        );
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        return await AsksForSecondFactor(login);
    }

    /// <summary>Sends a request twice that may succeed once at most. Whether it succeeded.</summary>
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

    /// <summary>Waits until the browser is signed out.</summary>
    public static Task WaitForSignOut(this BrowserClient browser) =>
        Eventually.Holds(s_patience, async () => !await browser.IsSignedIn());

    /// <summary>Waits until another browser can register the email.</summary>
    public static Task WaitUntilEmailIsFree(this UserScene scene, string email) =>
        Eventually.Holds(
            s_patience,
            async () =>
            {
                using BrowserClient other = scene.NewBrowser();
                using HttpResponseMessage registered = await other.Register(email);
                return registered.StatusCode == HttpStatusCode.Created;
            }
        );

    private static async Task<bool> AsksForSecondFactor(HttpResponseMessage login)
    {
        JsonElement body = await login.Content.ReadFromJsonAsync<JsonElement>();
        return body.TryGetProperty("next", out JsonElement next)
            && next.GetString() == "second-factor";
    }
}
