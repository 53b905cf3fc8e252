using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;
using SessionAuth.Grains.Tests.Sessions;

namespace SessionAuth.Grains.Tests.Storage;

/// <summary>
/// A write whose answer was lost has happened whole or not at all, and its grain finds out by itself; it says nothing
/// until then.
/// </summary>
[Collection(SharedSiloTests.Name)]
public sealed class UnknownOutcomeTests(SharedSilo shared)
{
    private static readonly Password s_new = new("a different set of words");

    private RunningSilo Silo => shared.Silo;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_whose_write_was_not_answered_is_whole_in_the_end(bool applied)
    {
        (IUserGrain user, SessionGrant first) = await Silo.Register();
        SessionGrant second = await user.SignsIn();
        Secret token = await ResetToken(first.User);

        using (Lose(first.User.Value, applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => Reset(first.User, token));
            await Assert.ThrowsAsync<OutcomeUnknownException>(user.Profile);
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => user.SignIn(People.SignIn()));
            Assert.Equal(SessionStanding.Live, await Check(first));
        }

        await Eventually.Holds(() => Answers(() => user.Profile()));
        Assert.IsType<SignInResult.Refused>(await user.SignIn(People.SignIn()));
        Assert.IsType<SignInResult.SignedIn>(await user.SignIn(People.SignIn(s_new)));
        IReadOnlyList<OutgoingMail> mails = await Outbox(first.User).TakeMail();
        Assert.Contains(mails, mail => mail.Kind == MailKind.PasswordChanged);
        Assert.Equal(SessionStanding.Ended, await Check(first));
        Assert.Equal(SessionStanding.Ended, await Check(second));
        Assert.IsType<ResetPasswordResult.LinkRefused>(await Reset(first.User, token));
    }

    [Fact]
    public async Task What_was_written_to_be_done_is_asked_for_as_soon_as_it_is_known()
    {
        (_, SessionGrant first) = await Silo.Register();
        Secret token = await ResetToken(first.User);
        while (Silo.Bell.Users.TryRead(out _))
            continue;

        using (Silo.Storage.LoseAnswers(first.User.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Reset(first.User, token));

        await Eventually.Holds(() =>
            Silo.Bell.Users.TryRead(out UserId rung) && rung == first.User
        );
    }

    [Fact]
    public async Task A_user_who_leaves_memory_with_an_unanswered_write_takes_it_to_its_end()
    {
        (IUserGrain user, SessionGrant first) = await Silo.Register();
        Secret token = await ResetToken(first.User);

        using (Silo.Storage.LoseWrites(first.User.Value))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => Reset(first.User, token));
            await RunningSilo.Deactivate(user);
        }

        await Eventually.Holds(() => Answers(() => user.Profile()));
        Assert.IsType<SignInResult.Refused>(await user.SignIn(People.SignIn()));
        Assert.IsType<SignInResult.SignedIn>(await user.SignIn(People.SignIn(s_new)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_whose_claim_was_not_answered_gets_its_owner(bool applied)
    {
        IEmailGrain email = Silo.Grains.Email(EmailKey.Of(People.NewAddress()));
        UserId owner = People.NewUser();

        using (Lose(email.GetPrimaryKeyString(), applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => email.Claim(owner, insteadOf: null));
            await Assert.ThrowsAsync<OutcomeUnknownException>(email.Owner);
        }

        await Eventually.Holds(() => Answers(() => email.Owner()));
        Assert.Equal(owner, await email.Owner());
        Assert.Equal(owner, await email.Claim(People.NewUser(), insteadOf: null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_whose_release_was_not_answered_is_free(bool applied)
    {
        IEmailGrain email = Silo.Grains.Email(EmailKey.Of(People.NewAddress()));
        UserId owner = People.NewUser();
        await email.Claim(owner, insteadOf: null);

        using (Lose(email.GetPrimaryKeyString(), applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => email.Release(owner));
            await Assert.ThrowsAsync<OutcomeUnknownException>(email.Owner);
        }

        await Eventually.Holds(() => Answers(() => email.Owner()));
        Assert.Null(await email.Owner());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_whose_count_was_not_answered_counts(bool applied)
    {
        UserId user = UserId.New(Silo.Clock.GetUtcNow());
        ThrottleKey key = ThrottleKey.Of(SecretKind.Password, user);
        IAccountThrottleGrain throttle = Silo.Grains.AccountThrottle(SecretKind.Password, user);
        Task Fail() => throttle.Finish(null, TryOutcome.Failed);

        using (Lose(key.Value, applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(Fail);
            await Assert.ThrowsAsync<OutcomeUnknownException>(Fail);
        }

        await Eventually.Holds(() => Answers(Fail));
        Assert.True(Silo.Storage.Written<AccountAttemptsState>(key.Value).Strangers.Failures >= 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_whose_revocation_was_not_answered_is_checked_as_before_and_then_ends(
        bool applied
    )
    {
        (ISessionGrain session, SessionGrant grant) = await Silo.StartSession();
        Told told = new();
        await session.Watch(
            Guid.NewGuid(),
            Silo.Grains.CreateObjectReference<ISessionWatcher>(told)
        );

        using (Lose(grant.Session.Value, applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(() =>
                session.Revoke(SessionEndReason.RevokedByUser, grant.User)
            );
            Assert.Equal(SessionStanding.Live, await session.Check(grant));
            await Assert.ThrowsAsync<OutcomeUnknownException>(session.Describe);
            await Assert.ThrowsAsync<OutcomeUnknownException>(() =>
                session.Refresh(grant.Generation)
            );
        }

        await Eventually.Holds(async () => await session.Check(grant) == SessionStanding.Ended);
        Assert.Equal(SessionEndReason.RevokedByUser, await told.Soon);
        Assert.True(await session.Revoke(SessionEndReason.SignedOut, grant.User));
        Assert.Equal(
            SessionEndReason.RevokedByUser,
            Silo.Storage.Written<SessionState>(grant.Session.Value).RevokeReason
        );
    }

    private IDisposable Lose(string key, bool applied) =>
        applied ? Silo.Storage.LoseAnswers(key) : Silo.Storage.LoseWrites(key);

    // Another test's grain has the same interface.
    private IUserOutboxGrain Outbox(UserId user) =>
        Silo.Grains.User(user).AsReference<IUserOutboxGrain>();

    private async Task<Secret> ResetToken(UserId user)
    {
        await Silo.Grains.UserPassword(user).ForgotPassword();
        IReadOnlyList<OutgoingMail> mails = await Outbox(user).TakeMail();
        return mails.Single(mail => mail.Kind == MailKind.ResetPassword).Token!.Value;
    }

    private Task<ResetPasswordResult> Reset(UserId user, Secret token) =>
        Silo.Grains.UserPassword(user).ResetPassword(token, s_new);

    private Task<SessionStanding> Check(SessionGrant grant) =>
        Silo.Grains.Session(grant.Session).Check(grant);

    private static async Task<bool> Answers(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (OrleansException)
        {
            return false;
        }
    }
}
