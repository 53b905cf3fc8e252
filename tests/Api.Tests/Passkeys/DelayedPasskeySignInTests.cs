using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>A passkey sign-in that is in progress while the account's secrets change.</summary>
public sealed class DelayedPasskeySignInTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact(
        DisplayName = "S-23 A passkey sign-in that is delayed until the password has changed is refused"
    )]
    public async Task Passkey_sign_in_delayed_until_the_password_has_changed_is_refused()
    {
        DelayedCalls delayed = new("SignInWithPasskey", answers: false);
        await using RunningNode node = await RunningNode.Start(
            PasskeyNode.Settings,
            configure: services => services.AddSingleton<IOutgoingGrainCallFilter>(delayed)
        );
        using BrowserClient owner = PasskeyNode.Browser(node);
        using BrowserClient attacker = PasskeyNode.Browser(node);
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWithPasskey(authenticator);

        Task<HttpResponseMessage> login = attacker.LoginWith(authenticator);
        await delayed.Arrived.WaitAsync(s_patience);
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
        delayed.Release();

        await login.Refused(HttpStatusCode.Unauthorized, "login-expired");
        Assert.False(await attacker.IsSignedIn());
        Assert.True(await owner.IsSignedIn());
    }
}
