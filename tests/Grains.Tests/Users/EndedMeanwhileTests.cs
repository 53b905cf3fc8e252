using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>
/// Every operation answers a session that has ended with "session ended", and not that something else is missing.
/// </summary>
[Collection(SharedSiloTests.Name)]
public sealed class EndedMeanwhileTests(SharedSilo shared)
{
    private static readonly Secret s_code = new("123456");
    private static readonly Password s_new = new("a different set of words");

    public static TheoryData<
        string,
        Func<IGrainFactory, UserId, CallerContext, Task<object>>
    > Calls =>
        new()
        {
            {
                "end-session",
                async (grains, user, caller) =>
                    await grains.User(user).EndSession(caller, caller.Session)
            },
            {
                "end-sessions",
                async (grains, user, caller) =>
                    await grains.User(user).EndSessions(caller, includeCurrent: true)
            },
            {
                "step-up",
                async (grains, user, caller) =>
                    await grains.User(user).StepUp(caller, People.Password, code: null)
            },
            {
                "send-verification",
                async (grains, user, caller) =>
                    await grains.UserEmail(user).SendVerification(caller)
            },
            {
                "change-email",
                async (grains, user, caller) =>
                    await grains.UserEmail(user).ChangeEmail(caller, People.NewEmail())
            },
            {
                "change-password",
                async (grains, user, caller) =>
                    await grains.UserPassword(user).ChangePassword(caller, People.Password, s_new)
            },
            {
                "offer-totp",
                async (grains, user, caller) =>
                    await grains.UserFactors(user).OfferOtp(AuthenticationMethod.Totp, caller)
            },
            {
                "confirm-totp",
                async (grains, user, caller) =>
                    await grains
                        .UserFactors(user)
                        .ConfirmOtp(AuthenticationMethod.Totp, caller, s_code)
            },
            {
                "remove-totp",
                async (grains, user, caller) =>
                    await grains.UserFactors(user).RemoveOtp(AuthenticationMethod.Totp, caller)
            },
            {
                "make-recovery-codes",
                async (grains, user, caller) =>
                    await grains.UserFactors(user).MakeRecoveryCodes(caller)
            },
            {
                "may-add-passkey",
                async (grains, user, caller) =>
                    await grains.UserPasskeys(user).MayAddPasskey(caller)
            },
            {
                "remove-passkey",
                async (grains, user, caller) =>
                    await grains.UserPasskeys(user).RemovePasskey(caller, "AAAA")
            },
            {
                "delete",
                async (grains, user, caller) => await grains.UserData(user).Delete(caller)
            },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Ended_session_is_answered_that_it_has_ended(
        string call,
        Func<IGrainFactory, UserId, CallerContext, Task<object>> ask
    )
    {
        Assert.NotEmpty(call);
        (_, SessionTokens tokens) = await shared.Silo.Register();
        await shared
            .Silo.Grains.Session(tokens.Session)
            .Revoke(SessionEndReason.RevokedByUser, tokens.User);

        object answer = await ask(
            shared.Silo.Grains,
            tokens.User,
            new CallerContext(tokens.Session, People.Device)
        );

        Assert.Equal("SignedOut", answer.GetType().Name);
    }
}
