using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>Killed between any two writes, a node has not lost whoever came in, and has let nobody in twice.</summary>
public sealed class SignInCrashTests
{
    [Fact]
    public Task Registering_again_or_signing_in_works_whatever_was_written() =>
        Crash.AtEachWrite(
            prepare: (_, _) => Task.CompletedTask,
            flow: scene => scene.Own.Register(scene.Address).Answered(HttpStatusCode.Created),
            afterwards: async (scene, node, answered) =>
            {
                Assert.Equal(answered, await scene.Own.IsSignedIn());
                using BrowserClient again = scene.NewBrowser();
                using HttpResponseMessage registered = await again.Register(scene.Address);
                HttpStatusCode[] either =
                [
                    HttpStatusCode.Conflict,
                    .. answered ? [] : new[] { HttpStatusCode.Created },
                ];
                Assert.Contains(registered.StatusCode, either);
                Assert.True(await scene.SignsIn());
                await node.Token(scene.Address, Mailbox.Verify);
            }
        );

    [Fact]
    public Task Signing_in_again_works_whatever_was_written() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene => scene.Own.Login(scene.Address).Answered(HttpStatusCode.OK),
            afterwards: async (scene, _, _) =>
            {
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await scene.Other.IsSignedIn());
                Assert.True(await scene.SignsIn());
                // An answer that never came has not ended what the browser had, and the next one does.
                using BrowserClient before = scene.NewBrowser();
                foreach ((string name, string value) in scene.Own.Cookies)
                    before.Cookies[name] = value;
                await scene.Own.Login(scene.Address).Answered(HttpStatusCode.OK);
                Assert.True(await scene.Own.IsSignedIn());
                Assert.False(await before.IsSignedIn());
            }
        );

    [Fact]
    public Task A_code_signs_in_once_at_most() =>
        Crash.AtEachWrite(
            prepare: TakeTheFirstStep,
            flow: scene =>
                scene
                    .Own.Post("/login/second-factor", new { code = scene.Token = scene.Code })
                    .Answered(HttpStatusCode.OK),
            afterwards: (scene, _, answered) => IsSpent(scene, answered, new { code = scene.Token })
        );

    [Fact]
    public Task A_recovery_code_signs_in_once_at_most() =>
        Crash.AtEachWrite(
            prepare: TakeTheFirstStep,
            flow: scene =>
                scene
                    .Own.Post("/login/second-factor", new { recoveryCode = scene.RecoveryCodes[0] })
                    .Answered(HttpStatusCode.OK),
            afterwards: async (scene, node, answered) =>
            {
                await IsSpent(scene, answered, new { recoveryCode = scene.RecoveryCodes[0] });
                await node.Brings(scene.Address, "recovery code was used");
            }
        );

    private static async Task TakeTheFirstStep(Scene scene, RunningNode node)
    {
        await scene.SignUp();
        await scene.AddApp(node);
        await scene.Own.Login(scene.Address).Answered(HttpStatusCode.OK);
    }

    private static async Task IsSpent(Scene scene, bool answered, object code)
    {
        Assert.True(!answered || await scene.Own.IsSignedIn());
        Assert.True(await scene.Other.IsSignedIn());
        using BrowserClient browser = scene.NewBrowser();
        await browser.Login(scene.Address).Answered(HttpStatusCode.OK);
        using HttpResponseMessage first = await browser.Post("/login/second-factor", code);
        if (answered)
            Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        await browser.Login(scene.Address).Answered(HttpStatusCode.OK);
        await browser
            .Post("/login/second-factor", code)
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
        Assert.True(await scene.SignsIn());
    }
}
