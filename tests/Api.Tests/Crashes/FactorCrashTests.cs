using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>Killed between any two writes, a node leaves a second factor that is on or off, and signs in either way.</summary>
public sealed class FactorCrashTests
{
    [Fact]
    public Task An_authenticator_app_is_on_or_can_be_turned_on() =>
        Crash.AtEachWrite(
            prepare: async (scene, _) =>
            {
                await scene.SignUp();
                scene.AppSecret = (
                    await scene.Own.Post("/factors/totp").Answered(HttpStatusCode.OK)
                )
                    .GetProperty("secret")
                    .GetString()!;
            },
            flow: scene => Confirm(scene, scene.Code).Answered(HttpStatusCode.OK),
            afterwards: async (scene, node, answered) =>
            {
                bool isOn = await scene.IsAskedForACode();
                Assert.True(!answered || isOn);
                Assert.True(await scene.Own.IsSignedIn());
                if (!isOn)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    await Confirm(scene, scene.FreshCode()).Answered(HttpStatusCode.OK);
                }

                Assert.True(await scene.IsAskedForACode());
                await scene.Other.IsThrownOut();
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.SignsIn());
                await node.Brings(scene.Address, "authenticator app was added");
            }
        );

    [Fact]
    public Task An_authenticator_app_is_off_or_still_works() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp();
                await scene.AddApp(node);
            },
            flow: scene => scene.Own.Delete("/factors/totp").Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, node, answered) =>
            {
                bool isOn = await scene.IsAskedForACode();
                Assert.False(answered && isOn);
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.SignsIn());
                if (isOn)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    await scene.Own.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);
                }

                await scene.Other.IsThrownOut();
                Assert.False(await scene.IsAskedForACode());
                await node.Brings(scene.Address, "authenticator app was removed");
            }
        );

    [Fact]
    public Task Of_old_and_new_recovery_codes_never_both_are_good() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp();
                await scene.AddApp(node);
            },
            flow: async scene =>
            {
                using HttpResponseMessage made = await scene.Own.Post("/factors/recovery-codes");
                Assert.Equal(HttpStatusCode.OK, made.StatusCode);
                scene.Token = (await Authenticator.Codes(made))[0];
            },
            afterwards: async (scene, _, answered) =>
            {
                Assert.True(await scene.Own.IsSignedIn());
                bool oldIsGood = await IsGood(scene, scene.RecoveryCodes[0]);
                Assert.False(answered && oldIsGood);
                if (answered)
                    Assert.True(await IsGood(scene, scene.Token));
                Assert.True(await scene.SignsIn());

                // What the session had proved may be lost with the answer.
                await scene
                    .Own.Post(
                        "/step-up",
                        new { password = People.Password, code = scene.FreshCode() }
                    )
                    .Answered(HttpStatusCode.NoContent);
                using HttpResponseMessage made = await scene.Own.Post("/factors/recovery-codes");
                Assert.Equal(HttpStatusCode.OK, made.StatusCode);
                Assert.True(await IsGood(scene, (await Authenticator.Codes(made))[0]));
                Assert.False(await IsGood(scene, scene.RecoveryCodes[1]));
            }
        );

    private static Task<HttpResponseMessage> Confirm(Scene scene, string code) =>
        scene.Own.Post("/factors/totp/confirm", new { code });

    private static async Task<bool> IsGood(Scene scene, string recoveryCode)
    {
        using BrowserClient browser = scene.NewBrowser();
        await browser.Login(scene.Address).Answered(HttpStatusCode.OK);
        using HttpResponseMessage answer = await browser.Post(
            "/login/second-factor",
            new { recoveryCode }
        );
        return answer.IsSuccessStatusCode;
    }
}
