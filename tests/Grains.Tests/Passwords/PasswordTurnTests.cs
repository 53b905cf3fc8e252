using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Passwords;

/// <summary>An account answers other calls while its passwords wait to be hashed.</summary>
public sealed class PasswordTurnTests : IAsyncLifetime
{
    private static readonly Password s_new = new("a different set of words");

    private readonly TaskCompletionSource _open = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private RunningSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await RunningSilo.Start();

    public async Task DisposeAsync()
    {
        _open.TrySetResult();
        await _silo.DisposeAsync();
    }

    [Theory]
    [InlineData("sign-in")]
    [InlineData("step-up")]
    [InlineData("change")]
    [InlineData("reset")]
    [InlineData("verification")]
    public async Task Another_session_can_be_ended_while_a_password_waits_to_be_checked(
        string operation
    )
    {
        (IUserGrain user, SessionTokens first) = await _silo.Register();
        SessionTokens second = await user.SignsIn();
        Func<Task> call = await Call(operation, user, first);
        OccupyThreads();

        Task waiting = call();
        EndSessionResult ended = await user.EndSession(Caller(first), second.Session);
        UserProfile? profile = await user.Profile();

        Assert.IsType<EndSessionResult.Ended>(ended);
        Assert.NotNull(profile);
        Assert.Equal(
            SessionStanding.Ended,
            await _silo.Grains.Session(second.Session).Check(second)
        );
        Assert.False(waiting.IsCompleted);
        _open.TrySetResult();
        await waiting;
    }

    [Fact(
        DisplayName = "S-23 Right password is refused when it was removed while its check was running"
    )]
    public async Task Right_password_is_refused_when_it_was_removed_while_its_check_was_running()
    {
        (IUserGrain user, SessionTokens tokens) = await _silo.Register();
        Secret token = await Token(tokens.User, MailKind.VerifyEmail);
        OccupyThreads();

        Task<SignInResult> signIn = user.SignIn(People.SignIn());
        ConfirmVerificationResult verified = await _silo
            .Grains.UserEmail(tokens.User)
            .ConfirmVerification(token, caller: null, password: null, startOver: true);
        _open.TrySetResult();

        Assert.True(Assert.IsType<ConfirmVerificationResult.Verified>(verified).StartedOver);
        Assert.IsNotType<SignInResult.SignedIn>(await signIn);
        Assert.Empty((await user.ListSessions()).Live);
    }

    [Fact]
    public async Task Abandon_waits_for_the_registration_under_way()
    {
        UserId id = People.NewUser();
        string email = People.NewEmail();
        OccupyThreads();

        Task<RegisterResult> registering = _silo
            .Grains.User(id)
            .Register(People.Registration(email));
        await Eventually.Holds(async () =>
            await _silo.Grains.Email(EmailKey.Of(email)).Owner() == id
        );
        Task<bool> abandoning = _silo.Grains.User(id).ReleaseReservation(email);
        UserProfile? profile = await _silo.Grains.User(id).Profile();

        Assert.Null(profile);
        Assert.False(abandoning.IsCompleted);
        _open.TrySetResult();
        bool isRegistered = await registering is RegisterResult.SignedIn;
        Assert.Equal(isRegistered, !await abandoning);
    }

    private async Task<Func<Task>> Call(string operation, IUserGrain user, SessionTokens tokens)
    {
        IUserEmailGrain email = _silo.Grains.UserEmail(tokens.User);
        IUserPasswordGrain password = _silo.Grains.UserPassword(tokens.User);
        switch (operation)
        {
            case "sign-in":
                return () => user.SignIn(People.SignIn() with { Known = true });
            case "step-up":
                return () => user.StepUp(Caller(tokens), People.Password, code: null);
            case "change":
                return () => password.ChangePassword(Caller(tokens), People.Password, s_new);
            case "reset":
                await password.ForgotPassword();
                Secret reset = await Token(tokens.User, MailKind.ResetPassword);
                return () => password.ResetPassword(reset, s_new);
            case "verification":
                Secret verify = await Token(tokens.User, MailKind.VerifyEmail);
                return () => email.ConfirmVerification(verify, null, People.Password, false);
            default:
                throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    private async Task<Secret> Token(UserId user, MailKind kind) =>
        (await _silo.Grains.UserOutbox(user).TakeEmails()).Last(mail => mail.Kind == kind).Token
        ?? throw new InvalidOperationException("The email has no link.");

    // Keeps all hash threads busy, those for known devices and those for unknown ones.
    private void OccupyThreads()
    {
        foreach (bool known in (bool[])[true, false])
        {
            for (int i = 0; i < Environment.ProcessorCount; i++)
                _ = _silo.Scheduler.TryRun(
                    () =>
                    {
                        _open.Task.Wait();
                        return "";
                    },
                    known
                );
        }
    }

    private static CallerContext Caller(SessionTokens tokens) => new(tokens.Session, People.Device);
}
