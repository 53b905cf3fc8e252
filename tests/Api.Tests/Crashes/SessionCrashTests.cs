using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A node killed at any write keeps the current session signed in, and never answers that sessions ended which are still valid.</summary>
public sealed class SessionCrashTests
{
    [Fact]
    public Task Step_up_keeps_both_browsers_signed_in_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene => StepUp(scene).Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, _, _) =>
            {
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.Other.IsSignedIn());
                await StepUp(scene).Answered(HttpStatusCode.NoContent);
                await scene.Own.Delete("/sessions").Answered(HttpStatusCode.NoContent);
                Assert.False(await scene.Other.IsSignedIn());
            }
        );

    [Fact]
    public Task Other_sessions_are_ended_or_can_be_ended_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene => scene.Own.Delete("/sessions").Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, _, answered) =>
            {
                Assert.False(answered && await scene.Other.IsSignedIn());
                Assert.True(await scene.Own.IsSignedIn());
                await scene.Own.Delete("/sessions").Answered(HttpStatusCode.NoContent);
                Assert.False(await scene.Other.IsSignedIn());
                Assert.True(await scene.SignsIn());
            }
        );

    [Fact]
    public Task Account_is_deleted_completely_or_not_at_all_after_a_crash() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene => scene.Own.Delete("/me").Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, node, answered) =>
            {
                bool exists = await scene.SignsIn();
                Assert.False(answered && exists);
                if (exists)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    await scene.Own.Delete("/me").Answered(HttpStatusCode.NoContent);
                }

                await scene.Own.WaitForSignOut();
                await scene.Other.WaitForSignOut();
                Assert.False(await scene.SignsIn());
                await node.WaitForMail(scene.Email, "account was deleted");
                await scene.WaitUntilEmailIsFree(scene.Email);
            }
        );

    private static Task<HttpResponseMessage> StepUp(UserScene scene) =>
        scene.Own.Post("/step-up", new { password = People.Password });
}
