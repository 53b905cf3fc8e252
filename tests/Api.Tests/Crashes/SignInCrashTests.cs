using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A user can sign in after a node was killed at any write, and each code works once at most.</summary>
public sealed class SignInCrashTests
{
    [Fact]
    public Task User_can_sign_in_or_register_again_after_a_crash_at_any_write_of_a_registration() =>
        Crash.AtEachWrite(
            prepare: (_, _) => Task.CompletedTask,
            flow: scene => scene.Own.Register(scene.Email).Answered(HttpStatusCode.Created),
            afterwards: async (scene, node, answered) =>
            {
                Assert.Equal(answered, await scene.Own.IsSignedIn());
                using BrowserClient again = scene.NewBrowser();
                using HttpResponseMessage registered = await again.Register(scene.Email);
                HttpStatusCode[] either =
                [
                    HttpStatusCode.Conflict,
                    .. answered ? [] : new[] { HttpStatusCode.Created },
                ];
                Assert.Contains(registered.StatusCode, either);
                Assert.True(await scene.SignsIn());
                await node.Token(scene.Email, Mailbox.Verify);
            }
        );

    [Fact]
    public Task User_stays_signed_in_after_a_crash_at_any_write_of_a_second_sign_in() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene => scene.Own.Login(scene.Email).Answered(HttpStatusCode.OK),
            afterwards: async (scene, _, _) =>
            {
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.Other.IsSignedIn());
                Assert.True(await scene.SignsIn());
                // The unanswered sign-in has not ended the browser's session; the next sign-in does.
                using BrowserClient before = scene.NewBrowser();
                foreach ((string name, string value) in scene.Own.Cookies)
                    before.Cookies[name] = value;
                await scene.Own.Login(scene.Email).Answered(HttpStatusCode.OK);
                Assert.True(await scene.Own.IsSignedIn());
                Assert.False(await before.IsSignedIn());
            }
        );

    [Fact]
    public Task TOTP_code_signs_in_once_at_most_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: SignInWithPassword,
            flow: scene =>
                scene
                    .Own.Post("/login/second-factor", new { code = scene.Token = scene.Code })
                    .Answered(HttpStatusCode.OK),
            afterwards: (scene, _, answered) =>
                AssertUsedUp(scene, answered, new { code = scene.Token })
        );

    [Fact]
    public Task Recovery_code_signs_in_once_at_most_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: SignInWithPassword,
            flow: scene =>
                scene
                    .Own.Post("/login/second-factor", new { recoveryCode = scene.RecoveryCodes[0] })
                    .Answered(HttpStatusCode.OK),
            afterwards: async (scene, node, answered) =>
            {
                await AssertUsedUp(scene, answered, new { recoveryCode = scene.RecoveryCodes[0] });
                await node.WaitForMail(scene.Email, "Recovery code used");
            }
        );

    private static async Task SignInWithPassword(UserScene scene, RunningNode node)
    {
        await scene.SignUp();
        await scene.AddAuthenticator(node);
        await scene.Own.Login(scene.Email).Answered(HttpStatusCode.OK);
    }

    private static async Task AssertUsedUp(UserScene scene, bool answered, object code)
    {
        Assert.True(!answered || await scene.Own.IsSignedIn());
        Assert.True(await scene.Other.IsSignedIn());
        using BrowserClient browser = scene.NewBrowser();
        await browser.Login(scene.Email).Answered(HttpStatusCode.OK);
        using HttpResponseMessage first = await browser.Post("/login/second-factor", code);
        if (answered)
            Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        await browser.Login(scene.Email).Answered(HttpStatusCode.OK);
        await browser
            .Post("/login/second-factor", code)
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
        Assert.True(await scene.SignsIn());
    }
}
