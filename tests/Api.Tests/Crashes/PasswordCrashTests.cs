using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A node killed at any write leaves one valid password, and each link usable once at most.</summary>
public sealed class PasswordCrashTests
{
    private const string NewPassword = "quite another set of words";

    [Fact]
    public Task Reset_link_is_mailed_or_can_be_requested_again_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: async scene =>
            {
                using BrowserClient browser = scene.NewBrowser();
                await browser
                    .Post("/password/forgot", new { email = scene.Email })
                    .Answered(HttpStatusCode.Accepted);
            },
            afterwards: async (scene, node, answered) =>
            {
                Assert.True(await scene.SignsIn());
                if (answered)
                    await node.Token(scene.Email, Mailbox.Reset);
                await EmailCrashTests.PasswordCanBeReset(scene, node);
            }
        );

    [Fact]
    public Task Password_reset_is_complete_or_can_be_repeated_once_after_a_crash() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp();
                string verification = await node.Token(scene.Email, Mailbox.Verify);
                await scene
                    .Own.Post("/email/verification/confirm", new { token = verification })
                    .Answered(HttpStatusCode.OK);
                await scene.AddAuthenticator(node);
                await scene
                    .Own.Post("/password/forgot", new { email = scene.Email })
                    .Answered(HttpStatusCode.Accepted);
                scene.Token = await node.Token(scene.Email, Mailbox.Reset);
            },
            flow: async scene =>
            {
                using BrowserClient owner = scene.NewBrowser();
                await owner
                    .Post("/password/reset", Reset(scene))
                    .Answered(HttpStatusCode.NoContent);
            },
            afterwards: async (scene, node, answered) =>
            {
                bool isReset = await scene.SignsIn(NewPassword);
                Assert.NotEqual(isReset, await scene.SignsIn());
                Assert.True(!answered || isReset);
                using BrowserClient owner = scene.NewBrowser();
                Assert.NotEqual(isReset, await owner.WorksOnce("/password/reset", Reset(scene)));
                await scene.Own.WaitForSignOut();
                await scene.Other.WaitForSignOut();
                Assert.True(await scene.SignsIn(NewPassword));
                Assert.False(await scene.SignsIn());
                Assert.True(await scene.NeedsSecondFactor(NewPassword));
                await node.WaitForMail(scene.Email, "password was changed");
            }
        );

    [Fact]
    public Task Password_change_is_complete_or_undone_after_a_crash_and_keeps_this_browser_signed_in() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene => Change(scene).Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, node, answered) =>
            {
                bool changed = await scene.SignsIn(NewPassword);
                Assert.NotEqual(changed, await scene.SignsIn());
                Assert.True(!answered || changed);
                Assert.True(await scene.Own.IsSignedIn());
                if (!changed)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    await Change(scene).Answered(HttpStatusCode.NoContent);
                }

                await scene.Other.WaitForSignOut();
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.SignsIn(NewPassword));
                Assert.False(await scene.SignsIn());
                await node.WaitForMail(scene.Email, "password was changed");
            }
        );

    private static object Reset(UserScene scene) =>
        new { token = scene.Token, password = NewPassword };

    private static Task<HttpResponseMessage> Change(UserScene scene) =>
        scene.Own.Post(
            "/password/change",
            new { currentPassword = People.Password, newPassword = NewPassword }
        );
}
