using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Users;

/// <summary>
/// An unreadable session does not keep other sessions from being ended, and is ended once it can be read.
/// </summary>
[Collection(SharedSiloTests.Name)]
public sealed class UnreadableSessionTests(SharedSilo shared)
{
    private static readonly Password s_new = new("a different set of words");

    private RunningSilo Silo => shared.Silo;

    [Fact]
    public Task Ending_all_sessions_ends_those_that_can_be_ended() =>
        EndsTheOthers(
            (user, caller) => Silo.Grains.User(user).EndSessions(caller, includeCurrent: true)
        );

    [Fact]
    public Task Password_change_ends_the_sessions_that_can_be_ended() =>
        EndsTheOthers(
            (user, caller) =>
                Silo.Grains.UserPassword(user).ChangePassword(caller, People.Password, s_new)
        );

    [Fact]
    public async Task Sign_ins_and_emails_continue_beside_an_unreadable_session()
    {
        (IUserGrain user, SessionTokens own) = await Silo.Register();
        SessionTokens unreadable = await user.SignsIn();
        using (await MakeUnreadable(unreadable))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => EndOthers(own));

            IReadOnlyList<OutgoingMail> mails = await Outbox(own).TakeEmails();

            Assert.Contains(mails, mail => mail.Kind == MailKind.VerifyEmail);
            Assert.NotEmpty(await Silo.Grains.UserData(own.User).Activity());
            await user.SignsIn();
        }
    }

    private async Task EndsTheOthers(Func<UserId, CallerContext, Task> end)
    {
        (IUserGrain user, SessionTokens own) = await Silo.Register();
        SessionTokens unreadable = await user.SignsIn();
        SessionTokens other = await user.SignsIn();
        using (await MakeUnreadable(unreadable))
        {
            // Not all have ended, so the call must not report success.
            await Assert.ThrowsAnyAsync<Exception>(() =>
                end(own.User, new CallerContext(own.Session, People.Device))
            );

            Assert.Equal(SessionStanding.Ended, await Check(other));
            Assert.NotEqual(SessionStanding.Ended, await Check(own));
        }

        await Outbox(own).TakeEmails();

        Assert.Equal(SessionStanding.Ended, await Check(unreadable));
    }

    private Task<EndSessionsResult> EndOthers(SessionTokens own) =>
        Silo
            .Grains.User(own.User)
            .EndSessions(new CallerContext(own.Session, People.Device), includeCurrent: false);

    private IUserOutboxGrain Outbox(SessionTokens tokens) =>
        Silo.Grains.User(tokens.User).AsReference<IUserOutboxGrain>();

    private Task<SessionStanding> Check(SessionTokens tokens) =>
        Silo.Grains.Session(tokens.Session).Check(tokens);

    private async Task<IDisposable> MakeUnreadable(SessionTokens tokens)
    {
        IDisposable fault = Silo.Storage.FailReads(tokens.Session.Value);
        await RunningSilo.Deactivate(Silo.Grains.Session(tokens.Session));
        await Eventually.Holds(async () =>
        {
            try
            {
                await Silo.Grains.Session(tokens.Session).Describe();
                return false;
            }
            catch (Exception)
            {
                return true;
            }
        });
        return fault;
    }
}
