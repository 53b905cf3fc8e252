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
/// A write with an unknown outcome took effect entirely or not at all. Its grain finds out by itself, and until then it
/// answers nothing.
/// </summary>
[Collection(SharedSiloTests.Name)]
public sealed class UnknownOutcomeTests(SharedSilo shared)
{
    private static readonly Password s_new = new("a different set of words");

    private RunningSilo Silo => shared.Silo;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reset_with_an_unknown_outcome_completes_entirely(bool applied)
    {
        (IUserGrain user, SessionTokens first) = await Silo.Register();
        SessionTokens second = await user.SignsIn();
        Secret token = await ResetToken(first.User);

        using (Lose(first.User.Value, applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => Reset(first.User, token));
            await Assert.ThrowsAsync<OutcomeUnknownException>(user.Profile);
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => user.SignIn(People.SignIn()));
            Assert.Equal(SessionStanding.Live, await Check(first));
        }

        await Eventually.Succeeds<OrleansException>(() => user.Profile());
        Assert.IsType<SignInResult.Refused>(await user.SignIn(People.SignIn()));
        Assert.IsType<SignInResult.SignedIn>(await user.SignIn(People.SignIn(s_new)));
        IReadOnlyList<OutgoingMail> mails = await Outbox(first.User).TakeEmails();
        Assert.Contains(mails, mail => mail.Kind == MailKind.PasswordChanged);
        Assert.Equal(SessionStanding.Ended, await Check(first));
        Assert.Equal(SessionStanding.Ended, await Check(second));
        Assert.IsType<ResetPasswordResult.LinkRefused>(await Reset(first.User, token));
    }

    [Fact]
    public async Task Scheduled_work_of_an_unknown_write_starts_as_soon_as_its_outcome_is_known()
    {
        (_, SessionTokens first) = await Silo.Register();
        Secret token = await ResetToken(first.User);
        while (Silo.Outbox.Users.TryRead(out _))
            continue;

        using (Silo.Storage.LoseAnswers(first.User.Value))
            await Assert.ThrowsAnyAsync<Exception>(() => Reset(first.User, token));

        await Eventually.Holds(() =>
            Silo.Outbox.Users.TryRead(out UserId notified) && notified == first.User
        );
    }

    [Fact]
    public async Task Account_that_is_deactivated_with_an_unknown_write_completes_it()
    {
        (IUserGrain user, SessionTokens first) = await Silo.Register();
        Secret token = await ResetToken(first.User);

        using (Silo.Storage.LoseWrites(first.User.Value))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => Reset(first.User, token));
            await RunningSilo.Deactivate(user);
        }

        await Eventually.Succeeds<OrleansException>(() => user.Profile());
        Assert.IsType<SignInResult.Refused>(await user.SignIn(People.SignIn()));
        Assert.IsType<SignInResult.SignedIn>(await user.SignIn(People.SignIn(s_new)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Email_whose_claim_had_an_unknown_outcome_gets_its_owner(bool applied)
    {
        IEmailGrain email = Silo.Grains.Email(EmailKey.Of(People.NewEmail()));
        UserId owner = People.NewUser();

        using (Lose(email.GetPrimaryKeyString(), applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => email.Claim(owner, insteadOf: null));
            await Assert.ThrowsAsync<OutcomeUnknownException>(email.Owner);
        }

        await Eventually.Succeeds<OrleansException>(() => email.Owner());
        Assert.Equal(owner, await email.Owner());
        Assert.Equal(owner, await email.Claim(People.NewUser(), insteadOf: null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Email_whose_release_had_an_unknown_outcome_is_free(bool applied)
    {
        IEmailGrain email = Silo.Grains.Email(EmailKey.Of(People.NewEmail()));
        UserId owner = People.NewUser();
        await email.Claim(owner, insteadOf: null);

        using (Lose(email.GetPrimaryKeyString(), applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => email.Release(owner));
            await Assert.ThrowsAsync<OutcomeUnknownException>(email.Owner);
        }

        await Eventually.Succeeds<OrleansException>(() => email.Owner());
        Assert.Null(await email.Owner());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failure_whose_count_had_an_unknown_outcome_counts(bool applied)
    {
        UserId user = UserId.New(Silo.Clock.GetUtcNow());
        ThrottleKey key = ThrottleKey.Of(SecretKind.Password, user);
        IAccountThrottleGrain throttle = Silo.Grains.AccountThrottle(SecretKind.Password, user);
        Task Fail() => throttle.Finish(null, AttemptOutcome.Failed);

        using (Lose(key.Value, applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(Fail);
            await Assert.ThrowsAsync<OutcomeUnknownException>(Fail);
        }

        await Eventually.Succeeds<OrleansException>(Fail);
        Assert.True(Silo.Storage.Written<AccountAttemptsState>(key.Value).Strangers.Failures >= 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_whose_revocation_had_an_unknown_outcome_is_live_until_it_is_known_and_then_ends(
        bool applied
    )
    {
        (ISessionGrain session, SessionTokens tokens) = await Silo.StartSession();
        RecordingWatcher watcher = new();
        await session.Watch(
            Guid.NewGuid(),
            Silo.Grains.CreateObjectReference<ISessionWatcher>(watcher)
        );

        using (Lose(tokens.Session.Value, applied))
        {
            await Assert.ThrowsAnyAsync<Exception>(() =>
                session.Revoke(SessionEndReason.RevokedByUser, tokens.User)
            );
            Assert.Equal(SessionStanding.Live, await session.Check(tokens));
            await Assert.ThrowsAsync<OutcomeUnknownException>(session.Describe);
            await Assert.ThrowsAsync<OutcomeUnknownException>(() =>
                session.Refresh(tokens.Generation)
            );
        }

        await Eventually.Holds(async () => await session.Check(tokens) == SessionStanding.Ended);
        Assert.Equal(SessionEndReason.RevokedByUser, await watcher.Reason);
        Assert.True(await session.Revoke(SessionEndReason.SignedOut, tokens.User));
        Assert.Equal(
            SessionEndReason.RevokedByUser,
            Silo.Storage.Written<SessionState>(tokens.Session.Value).RevokeReason
        );
    }

    private IDisposable Lose(string key, bool applied) =>
        applied ? Silo.Storage.LoseAnswers(key) : Silo.Storage.LoseWrites(key);

    // The grain of another test implements the same interface.
    private IUserOutboxGrain Outbox(UserId user) =>
        Silo.Grains.User(user).AsReference<IUserOutboxGrain>();

    private async Task<Secret> ResetToken(UserId user)
    {
        await Silo.Grains.UserPassword(user).ForgotPassword();
        IReadOnlyList<OutgoingMail> mails = await Outbox(user).TakeEmails();
        return mails.Single(mail => mail.Kind == MailKind.ResetPassword).Token!.Value;
    }

    private Task<ResetPasswordResult> Reset(UserId user, Secret token) =>
        Silo.Grains.UserPassword(user).ResetPassword(token, s_new);

    private Task<SessionStanding> Check(SessionTokens tokens) =>
        Silo.Grains.Session(tokens.Session).Check(tokens);
}
