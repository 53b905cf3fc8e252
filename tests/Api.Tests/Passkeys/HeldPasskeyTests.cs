using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>A sign-in with a passkey that is under way while the account's secrets change.</summary>
public sealed class HeldPasskeyTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact(
        DisplayName = "S-23 A sign-in with a passkey that is held until the password has changed is refused"
    )]
    public async Task A_sign_in_with_a_passkey_that_is_held_until_the_password_has_changed_is_refused()
    {
        HeldCalls held = new("SignInWithPasskey", answers: false);
        await using RunningNode node = await RunningNode.Start(
            PasskeyNode.Settings,
            configure: services => services.AddSingleton<IOutgoingGrainCallFilter>(held)
        );
        using BrowserClient owner = PasskeyNode.Browser(node);
        using BrowserClient thief = PasskeyNode.Browser(node);
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWith(authenticator);

        Task<HttpResponseMessage> login = thief.LoginWith(authenticator);
        await held.Arrived.WaitAsync(s_patience);
        await owner
            .Post(
                "/password/change",
                new
                {
                    currentPassword = People.Password,
                    newPassword = "quite another set of words",
                }
            )
            .Answered(HttpStatusCode.NoContent);
        held.Release();

        await login.Refused(HttpStatusCode.Unauthorized, "login-expired");
        Assert.False(await thief.IsSignedIn());
        Assert.True(await owner.IsSignedIn());
    }
}
