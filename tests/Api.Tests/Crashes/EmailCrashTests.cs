using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A node killed at any write leaves each email with one owner, and each link usable once at most.</summary>
public sealed class EmailCrashTests
{
    private const string Confirm = "/email/verification/confirm";
    private const string ConfirmNew = "/email/change/confirm";

    [Fact]
    public Task Verification_link_works_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp(verified: false);
                scene.Token = await node.Token(scene.Email, Mailbox.Verify);
            },
            flow: scene =>
                scene.Own.Post(Confirm, new { token = scene.Token }).Answered(HttpStatusCode.OK),
            afterwards: async (scene, _, answered) =>
            {
                Assert.True(!answered || await IsVerified(scene));
                await scene
                    .Own.Post(Confirm, new { token = scene.Token })
                    .Answered(HttpStatusCode.OK);
                Assert.True(await IsVerified(scene));
                Assert.True(await scene.Other.IsSignedIn());
                Assert.True(await scene.SignsIn());
            }
        );

    [Fact]
    public Task Owner_gets_an_email_that_another_person_registered_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp(verified: false);
                scene.Token = await node.Token(scene.Email, Mailbox.Verify);
            },
            flow: StartOver,
            afterwards: async (scene, node, _) =>
            {
                await StartOver(scene);
                await scene.Own.WaitForSignOut();
                await scene.Other.WaitForSignOut();
                Assert.False(await scene.SignsIn());
                await node.WaitForMail(scene.Email, "was taken over");
                await PasswordCanBeReset(scene, node);
            }
        );

    [Fact]
    public Task Link_for_a_new_email_is_mailed_or_can_be_requested_again_after_a_crash() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene =>
                scene
                    .Own.Post("/email/change", new { email = scene.NewEmail })
                    .Answered(HttpStatusCode.Accepted),
            afterwards: async (scene, node, answered) =>
            {
                if (!answered)
                {
                    await scene
                        .Own.Post("/email/change", new { email = scene.NewEmail })
                        .Answered(HttpStatusCode.Accepted);
                }

                string token = await node.Token(scene.NewEmail, Mailbox.NewEmail);
                Assert.True(await scene.Own.WorksOnce(ConfirmNew, new { token }));
                Assert.True(await scene.SignsIn(email: scene.NewEmail));
            }
        );

    [Fact]
    public Task New_email_replaces_the_old_one_once_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp();
                await scene
                    .Own.Post("/email/change", new { email = scene.NewEmail })
                    .Answered(HttpStatusCode.Accepted);
                scene.Token = await node.Token(scene.NewEmail, Mailbox.NewEmail);
            },
            flow: scene =>
                scene.Own.Post(ConfirmNew, new { token = scene.Token }).Answered(HttpStatusCode.OK),
            afterwards: async (scene, node, answered) =>
            {
                JsonElement me = await scene.Own.Me();
                bool changed = me.GetProperty("email").GetString() == scene.NewEmail;
                Assert.True(changed || await scene.SignsIn());
                Assert.True(!answered || changed);
                Assert.NotEqual(
                    changed,
                    await scene.Own.WorksOnce(ConfirmNew, new { token = scene.Token })
                );
                Assert.True(await scene.SignsIn(email: scene.NewEmail));
                await scene.WaitUntilEmailIsFree(scene.Email);
                await node.WaitForMail(scene.Email, "email was changed");
                await node.WaitForMail(scene.NewEmail, "email was changed");
            }
        );

    /// <summary>A user who has forgotten the password can reset it and sign in.</summary>
    internal static async Task PasswordCanBeReset(UserScene scene, RunningNode node)
    {
        using BrowserClient owner = scene.NewBrowser();
        await owner
            .Post("/password/forgot", new { email = scene.Email })
            .Answered(HttpStatusCode.Accepted);
        string token = await node.Token(scene.Email, Mailbox.Reset);
        Assert.True(
            await owner.WorksOnce("/password/reset", new { token, password = People.Password })
        );
        Assert.True(await scene.SignsIn());
    }

    private static async Task StartOver(UserScene scene)
    {
        using BrowserClient owner = scene.NewBrowser();
        JsonElement answer = await owner
            .Post(Confirm, new { token = scene.Token, startOver = true })
            .Answered(HttpStatusCode.OK);
        Assert.Equal("reset-password", answer.GetProperty("next").GetString());
    }

    private static async Task<bool> IsVerified(UserScene scene) =>
        (await scene.Own.Me()).GetProperty("emailVerified").GetBoolean();
}
