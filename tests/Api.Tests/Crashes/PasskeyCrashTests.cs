using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>A node killed at any write leaves a passkey added or not, removed or not, and accepts each challenge once.</summary>
public sealed class PasskeyCrashTests
{
    [Fact]
    public Task Passkey_is_added_or_can_be_added_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => scene.SignUp(),
            flow: async scene =>
            {
                (string challenge, JsonElement options) = await scene.Own.RequestOptions(
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
                using HttpResponseMessage repeated = await scene.Own.PostPasskey(
                    scene.Challenge,
                    JsonNode.Parse(scene.Token)!
                );
                // An answer that was lost may have been stored or not; only a stored one makes the repetition fail.
                Assert.False(answered && repeated.IsSuccessStatusCode);
                bool exists = await SignsIn(scene);
                Assert.True(!answered || exists);
                if (!exists)
                {
                    Assert.True(await scene.Other.IsSignedIn());
                    using HttpResponseMessage added = await scene.Own.AddPasskey(scene.Passkey);
                    Assert.Equal(HttpStatusCode.Created, added.StatusCode);
                }

                await scene.Other.WaitForSignOut();
                Assert.True(await scene.Own.IsSignedIn());
                Assert.True(await SignsIn(scene));
                Assert.Single(await scene.Own.Passkeys());
                await node.WaitForMail(scene.Email, "Passkey added");
            }
        );

    [Fact]
    public Task Passkey_signs_in_after_a_crash_and_its_signature_works_once_at_most() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => SignUpWithPasskey(scene),
            flow: async scene =>
            {
                (string challenge, JsonElement options) = await scene.Own.RequestOptions(
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
                using BrowserClient other = scene.NewBrowser();
                using BrowserClient attacker = scene.NewBrowser();
                using HttpResponseMessage repeated = await other.PostLogin(
                    scene.Challenge,
                    JsonNode.Parse(scene.Token)!
                );
                using HttpResponseMessage replayed = await attacker.PostLogin(
                    scene.Challenge,
                    JsonNode.Parse(scene.Token)!
                );
                // The first repetition succeeds only if the crash came before the write. The second one is always a replay.
                Assert.False(answered && repeated.IsSuccessStatusCode);
                Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
                Assert.True(await SignsIn(scene));
                Assert.True(await scene.SignsIn());
            }
        );

    [Fact]
    public Task Passkey_is_removed_or_can_be_removed_after_a_crash_at_any_write() =>
        Crash.AtEachWrite(
            prepare: (scene, _) => SignUpWithPasskey(scene),
            flow: scene => Remove(scene).Answered(HttpStatusCode.NoContent),
            afterwards: async (scene, node, answered) =>
            {
                Assert.True(await scene.Own.IsSignedIn());
                bool exists = await SignsIn(scene);
                Assert.False(answered && exists);
                if (exists)
                    await Remove(scene).Answered(HttpStatusCode.NoContent);

                await scene.Other.WaitForSignOut();
                Assert.True(await scene.Own.IsSignedIn());
                Assert.False(await SignsIn(scene));
                Assert.True(await scene.SignsIn());
                await node.WaitForMail(scene.Email, "Passkey removed");
            }
        );

    private static async Task SignUpWithPasskey(UserScene scene)
    {
        await scene.SignUp();
        using HttpResponseMessage added = await scene.Own.AddPasskey(scene.Passkey);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        await scene.Other.Login(scene.Email).Answered(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> Remove(UserScene scene) =>
        scene.Own.Delete($"/passkeys/{scene.Passkey.Id}");

    private static async Task<bool> SignsIn(UserScene scene)
    {
        using BrowserClient browser = scene.NewBrowser();
        using HttpResponseMessage login = await browser.LoginWith(scene.Passkey);
        if (login.StatusCode == HttpStatusCode.Unauthorized)
            return false;

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        return await browser.IsSignedIn();
    }
}
