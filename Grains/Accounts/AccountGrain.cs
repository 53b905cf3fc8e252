using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Mail;
using SessionAuth.Grains.Passwords;
using SessionAuth.Grains.Sessions;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Accounts;

/// <remarks>
/// A shell around <see cref="Account"/>, which has the rules: it finds out what they depend on, lets the account decide,
/// and does what the decision says. This file: what needs no password and asks for no list of sessions.
/// </remarks>
[GrainType("user")]
[ExclusiveActivation]
internal sealed partial class AccountGrain(
    [DurableState(GrainStorageNames.Users)] DurableState<Account> stored,
    AccountSecrets secrets,
    PasswordHasher passwords,
    PasswordRules passwordRules,
    OutboxBell bell,
    IOptions<AccountOptions> options,
    IOptions<SessionOptions> sessionOptions,
    TimeProvider clock,
    ILogger<AccountGrain> logger
)
    : Grain,
        IUserGrain,
        IUserAddressGrain,
        IUserPasswordGrain,
        IUserFactorsGrain,
        IUserPasskeysGrain,
        IUserDataGrain,
        IUserOutboxGrain,
        IIncomingGrainCallFilter
{
    private readonly AccountRules _rules = options.Value.Rules(sessionOptions.Value);

    // What an email without an account is answered by.
    private bool _standsForNobody;
    private BriefStay? _stay;

    private UserId Id => UserId.Parse(this.GetPrimaryKeyString());

    private Account Current => stored.RecordExists ? stored.State : Account.Unused;

    private AccountContext Context =>
        new(Id, clock.GetUtcNow(), _rules, secrets, RandomNumberGenerator.GetBytes);

    public Task<CompleteSignInResult> CompleteSignIn(SecondStep secondStep) =>
        Commit(
            Current.CompleteSignIn(
                secondStep.Login,
                secondStep.Stamp,
                secondStep.Code,
                SignInContext(secondStep.Entrance),
                Context
            )
        );

    public Task<SignInWithPasskeyResult> SignInWithPasskey(PasskeyUse use, Entrance entrance) =>
        Commit(Current.SignInWithPasskey(use, SignInContext(entrance), Context));

    public Task<StepUpWithPasskeyResult> StepUpWithPasskey(Asking asking, PasskeyUse use) =>
        Decide(
            asking,
            (account, caller, context) => account.StepUpWithPasskey(caller, use, context)
        );

    public Task<bool> Abandon(string address) =>
        Commit(Current.ReleaseReservation(address, Context));

    public Task<KnownDevice?> Device(DeviceMark mark) => Task.FromResult(Current.Device(mark));

    public Task<UserProfile?> Profile() => Task.FromResult(Profile(Current));

    public Task<EndSessionResult> EndSession(Asking asking, SessionId session) =>
        Decide(asking, (account, caller, context) => account.EndSession(caller, session, context));

    public Task<EndSessionsResult> EndSessions(Asking asking, bool includeCurrent) =>
        Decide(
            asking,
            (account, caller, context) => account.EndSessions(caller, includeCurrent, context)
        );

    public Task<SendVerificationResult> SendVerification(Asking asking) =>
        Decide(asking, (account, caller, context) => account.SendVerification(caller, context));

    public Task<ChangeEmailResult> ChangeAddress(Asking asking, string email) =>
        Decide(asking, (account, caller, context) => account.ChangeEmail(caller, email, context));

    public Task TellOfRegistration() => Apply(Current.NotifyRegistrationAttempt(Context));

    public Task<OfferTotpResult> OfferTotp(Asking asking) =>
        Decide(asking, (account, caller, context) => account.OfferTotp(caller, context));

    public Task<ConfirmTotpResult> ConfirmTotp(Asking asking, Secret code) =>
        Decide(
            WithOperation(asking),
            (account, caller, context) => account.ConfirmTotp(caller, code, context)
        );

    public Task<RemoveTotpResult> RemoveTotp(Asking asking) =>
        Decide(asking, (account, caller, context) => account.RemoveTotp(caller, context));

    public Task<MakeRecoveryCodesResult> MakeRecoveryCodes(Asking asking) =>
        Decide(
            WithOperation(asking),
            (account, caller, context) => account.MakeRecoveryCodes(caller, context)
        );

    public Task TellOfWrongCodes(ClientDevice device) =>
        Apply(Current.NotifyWrongCodes(device, Context));

    public Task<PasskeyRing> ListPasskeys() =>
        Task.FromResult(
            Current is { Email: not null } account
                ? new PasskeyRing(account.Stamp, account.Passkeys)
                : new(0, [])
        );

    public async Task<MayAddPasskeyResult> MayAddPasskey(Asking asking)
    {
        Caller caller = await Caller(asking);
        return Current.MayAddPasskey(caller, Context);
    }

    public Task<AddPasskeyResult> AddPasskey(
        Asking asking,
        Passkey passkey,
        AnsweredChallenge challenge
    ) =>
        Decide(
            asking,
            (account, caller, context) => account.AddPasskey(caller, passkey, challenge, context)
        );

    public Task<RemovePasskeyResult> RemovePasskey(Asking asking, string id) =>
        Decide(asking, (account, caller, context) => account.RemovePasskey(caller, id, context));

    public Task<DeleteResult> Delete(Asking asking) =>
        Decide(asking, (account, caller, context) => account.Delete(caller, context));

    // A call for an id that is nobody's must not leave an activation behind: strangers make up as many as they like. The
    // few ids that stand for emails without an account stay, as accounts do: how long they take tells nobody which they
    // are.
    async Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        _standsForNobody |=
            context.MethodName
                is nameof(IUserGrain.VerifyPassword)
                    or nameof(IUserPasswordGrain.ForgotPassword);
        try
        {
            await context.Invoke();
        }
        finally
        {
            if (!_standsForNobody && stored.IsKnown && Current.Email is null)
                (_stay ??= new(this)).Extend();
            else
                _stay?.Cancel();
        }
    }

    private async Task<TResult> Decide<TResult>(
        Asking asking,
        Func<Account, Caller, AccountContext, Decision<TResult>> decide
    )
    {
        Caller caller = await Caller(asking);
        return await Commit(decide(Current, caller, Context));
    }

    private async Task<Caller> Caller(Asking asking)
    {
        SessionSnapshot? session = Current.Email is null
            ? null
            : await GrainFactory.Session(asking.Session).Describe();
        bool isLive = session is { EndedAt: null } && session.User == Id;
        return new(asking.Session, asking.Device, asking.Operation, isLive ? session : null);
    }

    // Recovery codes are derived from the operation that makes them.
    private static Asking WithOperation(Asking asking) =>
        asking.Operation is null ? asking with { Operation = OperationId.New() } : asking;

    private static SignInContext SignInContext(Entrance entrance) =>
        new(
            entrance.Device,
            entrance.Persistent,
            entrance.Replaces,
            entrance.Operation,
            entrance.Mark
        );

    private static UserProfile? Profile(Account account) =>
        account.Email is null
            ? null
            : new()
            {
                Email = account.Email,
                EmailVerified = account.EmailVerifiedAt is not null,
                NewEmail = account.NewEmail,
                HasPassword = account.PasswordHash is not null,
                HasTotp = account.Totp is not null,
                RecoveryCodesLeft = account.RecoveryCodes.Count,
                Passkeys = account.Passkeys.Count,
            };
}
