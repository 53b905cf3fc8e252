using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>Killed between any two writes, a node leaves one password that signs in, and no link that works twice.</summary>
public sealed class PasswordCrashTests
{
    private const string New = "quite another set of words";

    [Fact]
    public Task The_mail_to_who_has_forgotten_comes_or_can_be_asked_for_again() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: async scene =>
            {
                using BrowserClient anybody = scene.NewBrowser();
                await anybody
                    .Post("/password/forgot", new { email = scene.Address })
                    .Answered(HttpStatusCode.Accepted);
            },
            afterwards: async (scene, node, answered) =>
            {
                Assert.True(await scene.SignsIn());
                if (answered)
                    await node.Token(scene.Address, Mailbox.Reset);
                await AddressCrashTests.ResetsThePassword(scene, node);
            }
        );

    [Fact]
    public Task A_reset_happens_whole_and_once() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp();
                string verification = await node.Token(scene.Address, Mailbox.Verify);
                await scene
                    .Own.Post("/email/verification/confirm", new { token = verification })
                    .Answered(HttpStatusCode.OK);
                await scene.AddApp(node);
                await scene
                    .Own.Post("/password/forgot", new { email = scene.Address })
                    .Answered(HttpStatusCode.Accepted);
                scene.Token = await node.Token(scene.Address, Mailbox.Reset);
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
                bool isReset = await scene.SignsIn(New);
                Assert.NotEqual(isReset, await scene.SignsIn());
                Assert.True(!answered || isReset);
                using BrowserClient owner = scene.NewBrowser();
                Assert.NotEqual(isReset, await owner.WorksOnce("/password/reset", Reset(scene)));
                await scene.Own.IsThrownOut();
                await scene.Other.IsThrownOut();
                Assert.True(await scene.SignsIn(New));
                Assert.False(await scene.SignsIn());
                Assert.True(await scene.IsAskedForACode(New));
                await node.Brings(scene.Address, "password was changed");
            }
        );

    [Fact]
    public Task A_change_happens_whole_and_signs_this_browser_out_in_no_case() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene => Change(scene).Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, node, answered) =>
            {
                bool changed = await scene.SignsIn(New);
                Assert.NotEqual(changed, await scene.SignsIn());
                Assert.True(!answered || changed);
                Assert.True(await scene.Own.IsSignedIn());
                if (!changed)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    await Change(scene).Answered(HttpStatusCode.NoContent);
                }

                await scene.Other.IsThrownOut();
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.SignsIn(New));
                Assert.False(await scene.SignsIn());
                await node.Brings(scene.Address, "password was changed");
            }
        );

    private static object Reset(Scene scene) => new { token = scene.Token, password = New };

    private static Task<HttpResponseMessage> Change(Scene scene) =>
        scene.Own.Post(
            "/password/change",
            new { currentPassword = People.Password, newPassword = New }
        );
}
