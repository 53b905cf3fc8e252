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

    public static TheoryData<string, Func<IGrainFactory, UserId, Asking, Task<UserAnswer>>> Calls =>
        new()
        {
            {
                "end-session",
                (grains, user, asking) => grains.User(user).EndSession(asking, asking.Session)
            },
            {
                "end-sessions",
                (grains, user, asking) =>
                    grains.User(user).EndSessions(asking, includeCurrent: true)
            },
            {
                "step-up",
                (grains, user, asking) =>
                    grains.User(user).StepUp(asking, People.Password, code: null)
            },
            {
                "send-verification",
                (grains, user, asking) => grains.UserAddress(user).SendVerification(asking)
            },
            {
                "change-address",
                (grains, user, asking) =>
                    grains.UserAddress(user).ChangeAddress(asking, People.NewAddress())
            },
            {
                "change-password",
                (grains, user, asking) =>
                    grains.UserPassword(user).ChangePassword(asking, People.Password, s_new)
            },
            { "offer-totp", (grains, user, asking) => grains.UserFactors(user).OfferTotp(asking) },
            {
                "confirm-totp",
                (grains, user, asking) => grains.UserFactors(user).ConfirmTotp(asking, s_code)
            },
            {
                "remove-totp",
                (grains, user, asking) => grains.UserFactors(user).RemoveTotp(asking)
            },
            {
                "make-recovery-codes",
                (grains, user, asking) => grains.UserFactors(user).MakeRecoveryCodes(asking)
            },
            {
                "may-add-passkey",
                (grains, user, asking) => grains.UserPasskeys(user).MayAddPasskey(asking)
            },
            {
                "remove-passkey",
                (grains, user, asking) => grains.UserPasskeys(user).RemovePasskey(asking, "AAAA")
            },
            { "delete", (grains, user, asking) => grains.UserData(user).Delete(asking) },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_session_that_has_ended_is_told_so(
        string call,
        Func<IGrainFactory, UserId, Asking, Task<UserAnswer>> ask
    )
    {
        Assert.NotEmpty(call);
        (_, SessionGrant grant) = await shared.Silo.Register();
        await shared
            .Silo.Grains.Session(grant.Session)
            .Revoke(SessionEndReason.RevokedByUser, grant.User);

        UserAnswer answer = await ask(
            shared.Silo.Grains,
            grant.User,
            new Asking(grant.Session, People.Device)
        );

        Assert.IsType<SignedOut>(answer);
    }
}
