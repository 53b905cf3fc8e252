using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>Killed between any two writes, a node leaves each address with one owner, and no link that works twice.</summary>
public sealed class AddressCrashTests
{
    private const string Confirm = "/email/verification/confirm";
    private const string ConfirmNew = "/email/change/confirm";

    [Fact]
    public Task A_link_verifies_or_has_verified() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp(verified: false);
                scene.Token = await node.Token(scene.Address, Mailbox.Verify);
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
    public Task Its_owner_gets_an_address_that_a_squatter_has_registered() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp(verified: false);
                scene.Token = await node.Token(scene.Address, Mailbox.Verify);
            },
            flow: StartOver,
            afterwards: async (scene, node, _) =>
            {
                await StartOver(scene);
                await scene.Own.IsThrownOut();
                await scene.Other.IsThrownOut();
                Assert.False(await scene.SignsIn());
                await node.Brings(scene.Address, "was started over");
                await ResetsThePassword(scene, node);
            }
        );

    [Fact]
    public Task The_mail_to_a_new_address_comes_or_can_be_asked_for_again() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: scene =>
                scene
                    .Own.Post("/email/change", new { email = scene.NewAddress })
                    .Answered(HttpStatusCode.Accepted),
            afterwards: async (scene, node, answered) =>
            {
                if (!answered)
                {
                    await scene
                        .Own.Post("/email/change", new { email = scene.NewAddress })
                        .Answered(HttpStatusCode.Accepted);
                }

                string token = await node.Token(scene.NewAddress, Mailbox.NewAddress);
                Assert.True(await scene.Own.WorksOnce(ConfirmNew, new { token }));
                Assert.True(await scene.SignsIn(address: scene.NewAddress));
            }
        );

    [Fact]
    public Task A_new_address_takes_the_old_ones_place_once() =>
        Crash.AtEachWrite(
            prepare: async (scene, node) =>
            {
                await scene.SignUp();
                await scene
                    .Own.Post("/email/change", new { email = scene.NewAddress })
                    .Answered(HttpStatusCode.Accepted);
                scene.Token = await node.Token(scene.NewAddress, Mailbox.NewAddress);
            },
            flow: scene =>
                scene.Own.Post(ConfirmNew, new { token = scene.Token }).Answered(HttpStatusCode.OK),
            afterwards: async (scene, node, answered) =>
            {
                JsonElement me = await scene.Own.Me();
                bool changed = me.GetProperty("email").GetString() == scene.NewAddress;
                Assert.True(changed || await scene.SignsIn());
                Assert.True(!answered || changed);
                Assert.NotEqual(
                    changed,
                    await scene.Own.WorksOnce(ConfirmNew, new { token = scene.Token })
                );
                Assert.True(await scene.SignsIn(address: scene.NewAddress));
                await scene.CanBeRegistered(scene.Address);
                await node.Brings(scene.Address, "address was changed");
                await node.Brings(scene.NewAddress, "address was changed");
            }
        );

    /// <summary>Somebody who has forgotten the password gets in again.</summary>
    internal static async Task ResetsThePassword(Scene scene, RunningNode node)
    {
        using BrowserClient owner = scene.NewBrowser();
        await owner
            .Post("/password/forgot", new { email = scene.Address })
            .Answered(HttpStatusCode.Accepted);
        string token = await node.Token(scene.Address, Mailbox.Reset);
        Assert.True(
            await owner.WorksOnce("/password/reset", new { token, password = People.Password })
        );
        Assert.True(await scene.SignsIn());
    }

    private static async Task StartOver(Scene scene)
    {
        using BrowserClient owner = scene.NewBrowser();
        JsonElement answer = await owner
            .Post(Confirm, new { token = scene.Token, startOver = true })
            .Answered(HttpStatusCode.OK);
        Assert.Equal("reset-password", answer.GetProperty("next").GetString());
    }

    private static async Task<bool> IsVerified(Scene scene) =>
        (await scene.Own.Me()).GetProperty("emailVerified").GetBoolean();
}
