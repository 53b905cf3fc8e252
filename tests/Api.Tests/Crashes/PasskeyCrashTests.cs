using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>Killed between any two writes, a node knows a passkey or does not, and takes no challenge twice.</summary>
public sealed class PasskeyCrashTests
{
    [Fact]
    public Task A_passkey_is_added_or_can_be() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: async scene =>
            {
                (string challenge, JsonElement options) = await scene.Own.Ask(
                    PasskeyCalls.AddOptions
                );
                JsonObject credential = scene.Passkey.Create(options);
                scene.Token = credential.ToJsonString();
                scene.Challenge = challenge;
                await scene.Own.PostPasskey(challenge, credential).Answered(HttpStatusCode.Created);
            },
            afterwards: async (scene, node, answered) =>
            {
                Assert.True(await scene.Own.IsSignedIn());
                using HttpResponseMessage again = await scene.Own.PostPasskey(
                    scene.Challenge,
                    JsonNode.Parse(scene.Token)!
                );
                // What was not written did not happen, and may be repeated.
                Assert.False(answered && again.IsSuccessStatusCode);
                bool isThere = await SignsIn(scene);
                Assert.True(!answered || isThere);
                if (!isThere)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    using HttpResponseMessage added = await scene.Own.AddPasskey(scene.Passkey);
                    Assert.Equal(HttpStatusCode.Created, added.StatusCode);
                }

                await scene.Other.IsThrownOut();
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await SignsIn(scene));
                Assert.Single(await scene.Own.Passkeys());
                await node.Brings(scene.Address, "passkey was added");
            }
        );

    [Fact]
    public Task A_passkey_signs_in_and_its_signature_once_at_most() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => SignUpWithPasskey(scene),
            flow: async scene =>
            {
                (string challenge, JsonElement options) = await scene.Own.Ask(
                    PasskeyCalls.LoginOptions
                );
                JsonObject credential = scene.Passkey.Sign(options);
                scene.Token = credential.ToJsonString();
                scene.Challenge = challenge;
                await scene.Own.PostLogin(challenge, credential).Answered(HttpStatusCode.OK);
            },
            afterwards: async (scene, _, answered) =>
            {
                Assert.True(!answered || await scene.Own.IsSignedIn());
                using BrowserClient again = scene.NewBrowser();
                using BrowserClient thief = scene.NewBrowser();
                using HttpResponseMessage repeated = await again.PostLogin(
                    scene.Challenge,
                    JsonNode.Parse(scene.Token)!
                );
                using HttpResponseMessage stolen = await thief.PostLogin(
                    scene.Challenge,
                    JsonNode.Parse(scene.Token)!
                );
                // What was not written did not happen, and may be repeated; then it is used up.
                Assert.False(answered && repeated.IsSuccessStatusCode);
                Assert.Equal(HttpStatusCode.Unauthorized, stolen.StatusCode);
                Assert.True(await SignsIn(scene));
                Assert.True(await scene.SignsIn());
            }
        );

    [Fact]
    public Task A_passkey_is_removed_or_can_be() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => SignUpWithPasskey(scene),
            flow: scene => Remove(scene).Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, node, answered) =>
            {
                Assert.True(await scene.Own.IsSignedIn());
                bool isThere = await SignsIn(scene);
                Assert.False(answered && isThere);
                if (isThere)
                    await Remove(scene).Answered(HttpStatusCode.NoContent);

                await scene.Other.IsThrownOut();
                Assert.True(await scene.Own.IsSignedIn());
                Assert.False(await SignsIn(scene));
                Assert.True(await scene.SignsIn());
                await node.Brings(scene.Address, "passkey was removed");
            }
        );

    private static async Task SignUpWithPasskey(Scene scene)
    {
        await scene.SignUp();
        using HttpResponseMessage added = await scene.Own.AddPasskey(scene.Passkey);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        await scene.Other.Login(scene.Address).Answered(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> Remove(Scene scene) =>
        scene.Own.Delete($"/passkeys/{scene.Passkey.Id}");

    private static async Task<bool> SignsIn(Scene scene)
    {
        using BrowserClient browser = scene.NewBrowser();
        using HttpResponseMessage login = await browser.LoginWith(scene.Passkey);
        if (login.StatusCode == HttpStatusCode.Unauthorized)
            return false;

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        return await browser.IsSignedIn();
    }
}
