using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A node killed at any write leaves the second factor on or off, and the user can sign in either way.</summary>
public sealed class FactorCrashTests
{
    [Fact]
    public Task Authenticator_app_is_on_or_can_be_added_after_a_crash_at_any_write() =>
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
                bool isOn = await scene.NeedsSecondFactor();
                Assert.True(!answered || isOn);
                Assert.True(await scene.Own.IsSignedIn());
                if (!isOn)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    await Confirm(scene, scene.FreshCode()).Answered(HttpStatusCode.OK);
                }

                Assert.True(await scene.NeedsSecondFactor());
                await scene.Other.WaitForSignOut();
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.SignsIn());
                await node.WaitForMail(scene.Email, "Authenticator app added");
            }
        );

    [Fact]
    public Task Authenticator_app_is_off_or_still_works_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp();
                await scene.AddAuthenticator(node);
            },
            flow: scene => scene.Own.Delete("/factors/totp").Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, node, answered) =>
            {
                bool isOn = await scene.NeedsSecondFactor();
                Assert.False(answered && isOn);
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.SignsIn());
                if (isOn)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    await scene.Own.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);
                }

                await scene.Other.WaitForSignOut();
                Assert.False(await scene.NeedsSecondFactor());
                await node.WaitForMail(scene.Email, "Authenticator app removed");
            }
        );

    [Fact]
    public Task Old_and_new_recovery_codes_are_never_both_valid_after_a_crash() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp();
                await scene.AddAuthenticator(node);
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
                bool oldIsValid = await IsValid(scene, scene.RecoveryCodes[0]);
                Assert.False(answered && oldIsValid);
                if (answered)
                    Assert.True(await IsValid(scene, scene.Token));
                Assert.True(await scene.SignsIn());

                // The proof of the session may be lost with the answer, so a step-up is needed.
                await scene
                    .Own.Post(
                        "/step-up",
                        new { password = People.Password, code = scene.FreshCode() }
                    )
                    .Answered(HttpStatusCode.NoContent);
                using HttpResponseMessage made = await scene.Own.Post("/factors/recovery-codes");
                Assert.Equal(HttpStatusCode.OK, made.StatusCode);
                Assert.True(await IsValid(scene, (await Authenticator.Codes(made))[0]));
                Assert.False(await IsValid(scene, scene.RecoveryCodes[1]));
            }
        );

    private static Task<HttpResponseMessage> Confirm(UserScene scene, string code) =>
        scene.Own.Post("/factors/totp/confirm", new { code });

    private static async Task<bool> IsValid(UserScene scene, string recoveryCode)
    {
        using BrowserClient browser = scene.NewBrowser();
        await browser.Login(scene.Email).Answered(HttpStatusCode.OK);
        using HttpResponseMessage answer = await browser.Post(
            "/login/second-factor",
            new { recoveryCode }
        );
        return answer.IsSuccessStatusCode;
    }
}
