using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passwords;

/// <summary>A sign-in that is under way while the password changes.</summary>
public sealed class HeldSignInTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact(DisplayName = "S-23 A sign-in that is held until the password has changed is refused")]
    public async Task A_sign_in_that_is_held_until_the_password_has_changed_is_refused()
    {
        using HttpResponseMessage answer = await SignInAcrossAChange(answers: false);

        await Problem.Is(answer, HttpStatusCode.Unauthorized, "sign-in-refused");
    }

    [Fact(
        DisplayName = "S-23 A session whose sign-in is answered after the password has changed is over"
    )]
    public async Task A_session_whose_sign_in_is_answered_after_the_change_is_over()
    {
        using HttpResponseMessage answer = await SignInAcrossAChange(answers: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    // Whatever the sign-in is answered, its browser is not in; the one that has changed the password is.
    private static async Task<HttpResponseMessage> SignInAcrossAChange(bool answers)
    {
        HeldCalls held = new("Enter", answers);
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IOutgoingGrainCallFilter>(held)
        );
        (BrowserClient owner, string address) = await node.NewPerson();
        using BrowserClient thief = node.NewBrowser();

        Task<HttpResponseMessage> login = thief.Login(address);
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
        HttpResponseMessage answer = await login;

        Assert.False(await thief.IsSignedIn());
        Assert.True(await owner.IsSignedIn());
        owner.Dispose();
        return answer;
    }
}
