using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>A session that has ended is told so, whatever it asks for, and never that something else is not there.</summary>
[Collection(SharedSiloTests.Name)]
public sealed class EndedMeanwhileTests(SharedSilo shared)
{
    private static readonly Secret s_code = new("123456");
    private static readonly Password s_new = new("a different set of words");

    public static TheoryData<string, Func<IGrainFactory, UserId, Asking, Task<object>>> Calls =>
        new()
        {
            {
                "end-session",
                async (grains, user, asking) =>
                    await grains.User(user).EndSession(asking, asking.Session)
            },
            {
                "end-sessions",
                async (grains, user, asking) =>
                    await grains.User(user).EndSessions(asking, includeCurrent: true)
            },
            {
                "step-up",
                async (grains, user, asking) =>
                    await grains.User(user).StepUp(asking, People.Password, code: null)
            },
            {
                "send-verification",
                async (grains, user, asking) =>
                    await grains.UserAddress(user).SendVerification(asking)
            },
            {
                "change-address",
                async (grains, user, asking) =>
                    await grains.UserAddress(user).ChangeAddress(asking, People.NewAddress())
            },
            {
                "change-password",
                async (grains, user, asking) =>
                    await grains.UserPassword(user).ChangePassword(asking, People.Password, s_new)
            },
            {
                "offer-totp",
                async (grains, user, asking) => await grains.UserFactors(user).OfferTotp(asking)
            },
            {
                "confirm-totp",
                async (grains, user, asking) =>
                    await grains.UserFactors(user).ConfirmTotp(asking, s_code)
            },
            {
                "remove-totp",
                async (grains, user, asking) => await grains.UserFactors(user).RemoveTotp(asking)
            },
            {
                "make-recovery-codes",
                async (grains, user, asking) =>
                    await grains.UserFactors(user).MakeRecoveryCodes(asking)
            },
            {
                "may-add-passkey",
                async (grains, user, asking) =>
                    await grains.UserPasskeys(user).MayAddPasskey(asking)
            },
            {
                "remove-passkey",
                async (grains, user, asking) =>
                    await grains.UserPasskeys(user).RemovePasskey(asking, "AAAA")
            },
            {
                "delete",
                async (grains, user, asking) => await grains.UserData(user).Delete(asking)
            },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_session_that_has_ended_is_told_so(
        string call,
        Func<IGrainFactory, UserId, Asking, Task<object>> ask
    )
    {
        Assert.NotEmpty(call);
        (_, SessionGrant grant) = await shared.Silo.Register();
        await shared
            .Silo.Grains.Session(grant.Session)
            .Revoke(SessionEndReason.RevokedByUser, grant.User);

        object answer = await ask(
            shared.Silo.Grains,
            grant.User,
            new Asking(grant.Session, People.Device)
        );

        Assert.Equal("SignedOut", answer.GetType().Name);
    }
}
