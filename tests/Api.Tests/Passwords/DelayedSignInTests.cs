using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Tests.Passwords;

/// <summary>A sign-in that is in progress while the password changes.</summary>
public sealed class DelayedSignInTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact(DisplayName = "S-23 A sign-in that is delayed until the password has changed is refused")]
    public async Task Sign_in_delayed_until_the_password_has_changed_is_refused()
    {
        using HttpResponseMessage answer = await SignInAcrossAChange(answers: false);

        await Problem.Is(answer, HttpStatusCode.Unauthorized, "sign-in-refused");
    }

    [Fact(
        DisplayName = "S-23 A session whose sign-in is answered after a password change has ended"
    )]
    public async Task Session_whose_sign_in_is_answered_after_a_password_change_has_ended()
    {
        using HttpResponseMessage answer = await SignInAcrossAChange(answers: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    // Afterwards the browser of the sign-in is signed out, and the one that changed the password is signed in.
    private static async Task<HttpResponseMessage> SignInAcrossAChange(bool answers)
    {
        DelayedCalls delayed = new(nameof(IUserGrain.SignIn), answers);
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IOutgoingGrainCallFilter>(delayed)
        );
        (BrowserClient owner, string email) = await node.NewUser();
        using BrowserClient attacker = node.NewBrowser();

        Task<HttpResponseMessage> login = attacker.Login(email);
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
        HttpResponseMessage answer = await login;

        Assert.False(await attacker.IsSignedIn());
        Assert.True(await owner.IsSignedIn());
        owner.Dispose();
        return answer;
    }
}
