using Orleans.Concurrency;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Accounts;

/// <remarks>
/// The shell of <see cref="Account"/>, which has the rules; changes take turns (<see cref="AccountTurn"/>).
/// </remarks>
[GrainType("user")]
[ExclusiveActivation]
[Reentrant]
internal sealed partial class AccountGrain
    : Grain,
        IUserGrain,
        IUserEmailGrain,
        IUserPasswordGrain,
        IUserFactorsGrain,
        IUserPasskeysGrain,
        IUserDataGrain,
        IUserOutboxGrain,
        IIncomingGrainCallFilter
{
    private readonly DurableState<Account> _stored;
    private readonly AccountWriter _writer;
    private readonly AccountDecisions _decisions;
    private readonly AccountClaims _claims;
    private readonly AccountReads _reads;
    private readonly OutboxLeases _outbox;
    private readonly PasswordChecks _passwords;
    private readonly IdleDeactivation _idle;

    // Whether it is called in place of an account that does not exist (UserId.DecoyFor).
    private bool _isDecoy;

    public AccountGrain(
        [DurableState(GrainStorageNames.Users)] DurableState<Account> stored,
        AccountServices services
    )
    {
        (_stored, _passwords, _idle) = (stored, services.Passwords, new(this));
        AccountSessions sessions = new(GrainFactory, Id);
        PendingEvents pending = new(this, () => _decisions!.InTurn(() => _writer!.StorePending()));
        _writer = new(Id, stored, sessions, pending, services);
        _decisions = new(_writer, sessions, services.Clock);
        _claims = new(Id, _decisions, _writer, sessions, services);
        _reads = new(Id, _decisions, _writer, pending);
        _outbox = new(Id, _decisions, _writer, services);
    }

    private UserId Id => UserId.Parse(this.GetPrimaryKeyString());
    private Account Current => _writer.Current;
    private AccountContext Context => _writer.Context;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        _stored.Read(cancellationToken);

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await _decisions.InTurn(_writer.StorePending);
        }
        finally
        {
            await _stored.Leave(cancellationToken);
        }
    }

    public Task<CompleteSignInResult> CompleteSignIn(SecondStep input) =>
        _decisions.Decide(
            (account, context) =>
                account.CompleteSignIn(input.Login, input.Stamp, input.Code, input.Where, context)
        );

    public Task<SignInWithPasskeyResult> SignInWithPasskey(PasskeyUse use, SignInContext where) =>
        _decisions.Decide((account, context) => account.SignInWithPasskey(use, where, context));

    public Task<StepUpWithPasskeyResult> StepUpWithPasskey(CallerContext caller, PasskeyUse use) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.StepUpWithPasskey(caller, use, context)
        );

    public Task<bool> ReleaseReservation(string email) => _claims.Release(email);

    public Task<KnownDevice?> Device(DeviceMark mark) => Task.FromResult(Current.Device(mark));

    public Task<UserProfile?> Profile() => Task.FromResult(Current.Profile());

    public Task<EndSessionResult> EndSession(CallerContext caller, SessionId session) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.EndSession(caller, session, context)
        );

    public Task<EndSessionsResult> EndSessions(CallerContext caller, bool includeCurrent) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.EndSessions(caller, includeCurrent, context)
        );

    public Task<SendVerificationResult> SendVerification(CallerContext caller) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.SendVerification(caller, context)
        );

    public Task<ChangeEmailResult> ChangeEmail(CallerContext caller, string email) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.ChangeEmail(caller, email, context)
        );

    public Task NotifyRegistrationAttempt() =>
        _decisions.Carry((account, context) => account.NotifyRegistrationAttempt(context));

    public Task<OfferOtpResult> OfferOtp(AuthenticationMethod method, CallerContext caller) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.OfferOtp(method, caller, context)
        );

    public Task<ConfirmOtpResult> ConfirmOtp(
        AuthenticationMethod method,
        CallerContext caller,
        Secret code
    ) =>
        _decisions.Decide(
            caller.AsOperation(),
            (account, caller, context) => account.ConfirmOtp(method, caller, code, context)
        );

    public Task<RemoveOtpResult> RemoveOtp(AuthenticationMethod method, CallerContext caller) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.RemoveOtp(method, caller, context)
        );

    public Task<MakeRecoveryCodesResult> MakeRecoveryCodes(CallerContext caller) =>
        _decisions.Decide(
            caller.AsOperation(),
            (account, caller, context) => account.MakeRecoveryCodes(caller, context)
        );

    public Task NotifyWrongCodes(ClientDevice device) =>
        _decisions.Carry((account, context) => account.NotifyWrongCodes(device, context));

    public Task<PasskeyRing> ListPasskeys() => Task.FromResult(Current.PasskeyRing());

    public async Task<MayAddPasskeyResult> MayAddPasskey(CallerContext caller)
    {
        Caller found = await _decisions.Find(caller);
        return Current.MayAddPasskey(found, Context);
    }

    public Task<AddPasskeyResult> AddPasskey(
        CallerContext caller,
        Passkey passkey,
        AnsweredChallenge challenge
    ) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.AddPasskey(caller, passkey, challenge, context)
        );

    public Task<RemovePasskeyResult> RemovePasskey(CallerContext caller, string id) =>
        _decisions.Decide(
            caller,
            (account, caller, context) => account.RemovePasskey(caller, id, context)
        );

    public Task<DeleteResult> Delete(CallerContext caller) =>
        _decisions.Decide(caller, (account, caller, context) => account.Delete(caller, context));

    public Task<SessionList> ListSessions() => _reads.Sessions();

    public Task<IReadOnlyList<AccountEvent>> Activity() => _reads.Activity();

    public Task<UserExport?> Export() => _reads.Export();

    public Task<IReadOnlyList<OutgoingMail>> TakeEmails() => _outbox.Take();

    public Task<bool> RecordSendResult(string id, MailOutcome outcome) =>
        _outbox.RecordResult(id, outcome);

    // Denial of service: calls with made-up ids must not leave activations behind. Activations that stand in for an
    // unknown email stay in memory as accounts do, or the latency of an activation would allow user enumeration.
    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        _isDecoy |= context.MethodName is nameof(SignIn) or nameof(ForgotPassword);
        return _idle.Invoke(context, () => !_isDecoy && _stored.IsKnown && Current.Email is null);
    }
}
