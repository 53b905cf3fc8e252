using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>Killed between any two writes, a node keeps the session of who is there, and ends those that it said have ended.</summary>
public sealed class SessionCrashTests
{
    [Fact]
    public Task A_step_up_signs_nobody_out() =>
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
    public Task Other_sessions_have_ended_or_can_be() =>
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
    public Task An_account_is_there_whole_or_gone_whole() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene => scene.Own.Delete("/me").Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, node, answered) =>
            {
                bool isThere = await scene.SignsIn();
                Assert.False(answered && isThere);
                if (isThere)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    await scene.Own.Delete("/me").Answered(HttpStatusCode.NoContent);
                }

                await scene.Own.IsThrownOut();
                await scene.Other.IsThrownOut();
                Assert.False(await scene.SignsIn());
                await node.Brings(scene.Address, "account was deleted");
                await scene.CanBeRegistered(scene.Address);
            }
        );

    private static Task<HttpResponseMessage> StepUp(Scene scene) =>
        scene.Own.Post("/step-up", new { password = People.Password });
}
