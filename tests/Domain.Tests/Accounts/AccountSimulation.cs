using System.Security.Cryptography;
using OtpNet;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>
/// Simulates the history of an account. The real account decides; the work of its grain is simulated with all the
/// failures that can happen in between. Of a session the simulation keeps only whether it is live and how it was
/// authenticated.
/// </summary>
internal sealed class AccountSimulation
{
    private static readonly HashSet<Type?> s_refusals =
    [
        typeof(ChangePasswordResult.StepUpRequired),
        typeof(ChangeEmailResult.StepUpRequired),
        typeof(OfferOtpResult.StepUpRequired),
        typeof(ConfirmOtpResult.StepUpRequired),
        typeof(RemoveOtpResult.StepUpRequired),
        typeof(MakeRecoveryCodesResult.StepUpRequired),
        typeof(AddPasskeyResult.StepUpRequired),
        typeof(RemovePasskeyResult.StepUpRequired),
        typeof(EndSessionResult.StepUpRequired),
        typeof(EndSessionsResult.StepUpRequired),
        typeof(DeleteResult.StepUpRequired),
    ];

    private readonly AccountRules _rules;
    private readonly Dictionary<string, SimulatedSession> _sessions = [];
    private readonly HashSet<string> _mustEnd = [];
    private readonly HashSet<string> _acceptedCodes = [];
    private readonly List<SecondFactorCode> _recoveryCodes = [];
    private DateTimeOffset _now = Given.Now;
    private string? _offered;
    private string? _app;
    private int _counter;
    private OperationId _operation;

    public AccountSimulation(AccountRules rules, bool isVerified)
    {
        _rules = rules;
        Play(
            CallOutcome.Completes,
            (account, context) =>
                account.Register(
                    Given.Email,
                    Given.Hash,
                    mayMail: true,
                    SignIn(OperationId.New()),
                    context
                )
        );
        if (isVerified)
            Stored = Stored with { EmailVerifiedAt = _now };
    }

    public Account Stored { get; private set; } = Account.Unused;

    private AccountContext Context =>
        new(Given.Id, _now, _rules, Given.Secrets, RandomNumberGenerator.GetBytes);

    /// <summary>Runs a step and checks the invariants.</summary>
    public void Take(Step step)
    {
        Execute(step);
        Check();
    }

    private void Execute(Step step)
    {
        OperationId operation = _operation = OperationId.New();
        CallOutcome outcome = step.CallOutcome;
        bool good = step.Argument % 4 != 0;
        SignInContext signIn = SignIn(operation);
        // The session as it is at each call, also when the call is repeated.
        Caller GetCaller() => CallerOf(step.Session, operation);
        switch (step.Operation)
        {
            case 0:
                Play(
                    outcome,
                    (account, context) =>
                        account.Register(Given.Email, Given.Hash, good, signIn, context)
                );
                break;
            case 1 or 2:
                // Checked before another call changed the account: a ticket with another stamp is worth nothing.
                PasswordTicket ticket = Stored.Ticket(isRight: step.Argument % 3 != 0) with
                {
                    Stamp = good ? Stored.Stamp : Stored.Stamp - 1,
                };
                Play(
                    outcome,
                    (account, context) =>
                        account.SignIn(signIn, ticket, context)
                        ?? new(account, new SignInResult.Busy())
                );
                break;
            case 3:
                SecondFactorCode second = Code(step);
                string login = $"login-{(good ? _counter++ : 0)}";
                long known = Stored.Stamp;
                Play(
                    outcome,
                    (account, context) =>
                        account.CompleteSignIn(login, known, second, signIn, context),
                    second
                );
                break;
            case 4 when Stored.Passkeys.Count > 0:
                PasskeyUse use = Use(step);
                Play(
                    outcome,
                    (account, context) => account.SignInWithPasskey(use, signIn, context)
                );
                break;
            case 5 or 6:
                SecondFactorCode? code = step.Argument % 3 == 0 ? null : Code(step);
                Play(
                    outcome,
                    (account, context) => account.StepUp(GetCaller(), good, code, context),
                    code
                );
                break;
            case 7 when Stored.Passkeys.Count > 0:
                PasskeyUse proof = Use(step);
                Play(
                    outcome,
                    (account, context) => account.StepUpWithPasskey(GetCaller(), proof, context)
                );
                break;
            case 8:
                Play(
                    outcome,
                    (account, context) =>
                        account.ChangePassword(GetCaller(), $"hash-{step.Argument}", context),
                    keeps: step.Session
                );
                break;
            case 9:
                Play(outcome, (account, context) => account.ForgotPassword(context));
                break;
            case 10:
                Secret reset = Link(MailKind.ResetPassword);
                Play(
                    outcome,
                    (account, context) =>
                        account.ResetPassword(reset, $"hash-{step.Argument}", operation, context)
                );
                break;
            case 11:
                Play(outcome, (account, context) => account.SendVerification(GetCaller(), context));
                break;
            case 12:
                Secret verify = Link(MailKind.VerifyEmail);
                bool? isTheirs = (step.Argument % 3) switch
                {
                    0 => true,
                    1 => false,
                    _ => null,
                };
                Play(
                    outcome,
                    (account, context) =>
                        account.ConfirmVerification(
                            verify,
                            isTheirs,
                            good,
                            Given.Device,
                            operation,
                            context
                        )
                );
                break;
            case 13:
                string email = $"ada-{step.Argument % 3}@example.net";
                Play(
                    outcome,
                    (account, context) => account.ChangeEmail(GetCaller(), email, context)
                );
                break;
            case 14:
                Secret confirm = Link(MailKind.ConfirmNewEmail);
                Play(
                    outcome,
                    (account, context) => account.ConfirmEmailChange(confirm, operation, context)
                );
                break;
            case 15:
                Offer(outcome, GetCaller);
                break;
            case 16 or 17:
                SecondFactorCode first = new(
                    AuthenticationMethod.Totp,
                    Totp(good ? _offered : null, 0)
                );
                Confirm(step, GetCaller, first);
                break;
            case 18:
                Play(
                    outcome,
                    (account, context) =>
                        account.RemoveOtp(AuthenticationMethod.Totp, GetCaller(), context),
                    keeps: step.Session
                );
                break;
            case 19:
                Made(
                    Play(
                        outcome,
                        (account, context) => account.MakeRecoveryCodes(GetCaller(), context),
                        keeps: step.Session
                    )
                );
                break;
            case 20 or 21:
                Passkey passkey = Given.Passkey($"passkey-{step.Argument}");
                AnsweredChallenge challenge = Challenge(step);
                Play(
                    outcome,
                    (account, context) =>
                        account.AddPasskey(GetCaller(), passkey, challenge, context),
                    keeps: step.Session
                );
                break;
            case 22 when Stored.Passkeys.Count > 0:
                string id = Stored.Passkeys[step.Argument % Stored.Passkeys.Count].Id;
                Play(
                    outcome,
                    (account, context) => account.RemovePasskey(GetCaller(), id, context),
                    keeps: step.Session
                );
                break;
            case 23:
                SessionId other = SessionAt(step.Argument);
                Play(
                    outcome,
                    (account, context) => account.EndSession(GetCaller(), other, context)
                );
                break;
            case 24:
                Play(
                    outcome,
                    (account, context) =>
                        account.EndSessions(GetCaller(), includeCurrent: !good, context),
                    keeps: step.Session
                );
                break;
            case 25 when step.Argument % 5 == 0:
                Play(outcome, (account, context) => account.Delete(GetCaller(), context));
                break;
            case 26:
                Play(
                    outcome,
                    (account, context) => account.ReleaseReservation(Given.Email, context)
                );
                break;
            case 27:
                Play(
                    outcome,
                    (account, context) =>
                        good
                            ? account.NotifyRegistrationAttempt(context)
                            : account.NotifyWrongCodes(Given.Device, context)
                );
                break;
            case 28 when Stored.Outbox.Count > 0:
                string mail = Stored.Outbox[step.Argument % Stored.Outbox.Count].Id;
                Play(
                    outcome,
                    (account, context) =>
                        account.RecordSendResult(
                            mail,
                            wasSent: good,
                            mayRetry: step.Argument % 2 == 0,
                            context
                        )
                );
                break;
            case 29:
                Store(Pruned(Stored));
                break;
            case 30:
                Finish(fails: outcome == CallOutcome.NotStored);
                break;
            default:
                _now += TimeSpan.FromSeconds(
                    step.Argument % 7 == 0 ? step.Argument * 40_000L : step.Argument
                );
                break;
        }
    }

    private void Offer(CallOutcome outcome, Func<Caller> getCaller)
    {
        AccountDecision<OfferOtpResult>? last = null;
        Play(
            outcome,
            (account, context) =>
                last = account.OfferOtp(AuthenticationMethod.Totp, getCaller(), context)
        );
        // The app's secret is the stored one, whether the answer arrived or not.
        if (Stored.OfferedOtp is { } offered && last!.Next?.OfferedOtp == offered)
            _offered = ((OfferOtpResult.Offered)last.Result(new())).Secret.Text;
    }

    private void Confirm(Step step, Func<Caller> getCaller, SecondFactorCode code)
    {
        AccountDecision<ConfirmOtpResult>? last = null;
        Play(
            step.CallOutcome,
            (account, context) =>
                last = account.ConfirmOtp(
                    AuthenticationMethod.Totp,
                    getCaller(),
                    code.Text,
                    context
                ),
            keeps: step.Session
        );
        if (
            Stored.OtpOf(AuthenticationMethod.Totp) is not null
            && last!.Result(new()) is ConfirmOtpResult.Added added
        )
        {
            (_app, _offered) = (_offered ?? _app, null);
            Take(added.RecoveryCodes);
        }
    }

    private void Made(AccountDecision<MakeRecoveryCodesResult> decision)
    {
        if (decision.Result(new()) is MakeRecoveryCodesResult.Made made)
            Take(made.RecoveryCodes);
    }

    private void Take(IReadOnlyList<Secret> codes) =>
        _recoveryCodes.AddRange(
            codes.Select(code => new SecondFactorCode(AuthenticationMethod.RecoveryCode, code))
        );

    /// <summary>Makes a call, and repeats it if it was not answered.</summary>
    private TDecision Play<TDecision>(
        CallOutcome outcome,
        Func<Account, AccountContext, TDecision> decide,
        SecondFactorCode? code = null,
        int? keeps = null
    )
        where TDecision : AccountDecision
    {
        TDecision decision = decide(Stored, Context);
        bool wasStored = Apply(decision, outcome, keeps);
        if (wasStored)
            RecordCode(decision, code);
        if (outcome is CallOutcome.Completes or CallOutcome.NotRepeated)
            return decision;

        TDecision again = decide(Stored, Context);
        if (wasStored && Stored.FinishedBy(_operation) is not null)
            Assert.True(
                again.Next is null,
                $"{decision.GetType()} changes the account again when repeated"
            );
        bool stored = Apply(again, CallOutcome.Completes, keeps);
        if (stored)
            RecordCode(again, code);
        return again;
    }

    private bool Apply(AccountDecision decision, CallOutcome outcome, int? keeps)
    {
        CheckDecision(decision);
        bool stores = decision.Next is not null && outcome != CallOutcome.NotStored;
        if (decision.Next is not null && !stores)
            return false;

        if (decision.Next is { } next)
        {
            string? keptSession =
                keeps is { } index && decision.Renews is not null ? SessionAt(index).Value : null;
            keptSession ??=
                decision.Finishing == Finishing.Required
                && decision.Renews is null
                && keeps is { } asking
                    ? SessionAt(asking).Value
                    : null;
            if (decision.Finishing == Finishing.Required)
                _mustEnd.UnionWith(
                    _sessions
                        .Where(session => session.Value.IsLive && session.Key != keptSession)
                        .Select(session => session.Key)
                );
            Store(
                decision.Starts is not null && next.Sessions.Count > _rules.MaxSessions
                    ? Pruned(next)
                    : next
            );
        }

        if (outcome is CallOutcome.DiesAfterWrite or CallOutcome.NotRepeated)
            return stores;

        if (decision.Finishing != Finishing.Later)
            Finish(fails: false);
        if (
            decision.Renews is { } renews
            && Live(renews.Session) is { } renewed
            && renews.Proof is { } proof
        )
            (renewed.Proof, renewed.AuthenticatedAt) = (proof, _now);
        if (decision.Starts is { } starts)
            Start(starts);
        if (
            decision.Revokes is { } revokes
            && _sessions.TryGetValue(revokes.Session.Value, out SimulatedSession? revoked)
        )
            revoked.IsLive = false;
        return stores;
    }

    private void Start(NewSession starts)
    {
        // A repeated call does not start the session again.
        _sessions.TryAdd(
            starts.Id.Value,
            new()
            {
                Proof = starts.Proof,
                AuthenticatedAt = _now,
                StartedAt = _now,
            }
        );
        foreach (SessionId earliest in Stored.BeyondLimit(starts.SignIn.Replaces, _rules))
            if (_sessions.TryGetValue(earliest.Value, out SimulatedSession? beyond))
                beyond.IsLive = false;
        Assert.Contains(Stored.Sessions, listed => listed.Id == starts.Id.Value);
    }

    private void Finish(bool fails)
    {
        bool[] ended = [.. Stored.Ending.Select((_, i) => !fails || i % 2 == 0)];
        foreach ((EndingSession ending, bool isEnded) in Stored.Ending.Zip(ended))
            if (isEnded && _sessions.TryGetValue(ending.Id, out SimulatedSession? session))
                session.IsLive = false;
        if (Stored.HasToFinish())
            Store(
                Stored.AfterFinishing(
                    ended,
                    [.. Stored.RemovingDeviceData.Select(_ => !fails)],
                    [.. Stored.Releasing.Select(_ => !fails)]
                )
            );
    }

    private void Store(Account next) => Stored = next.ToStore([], Context);

    private Account Pruned(Account account) =>
        account.Pruned([.. account.Sessions.Select(listed => Found(listed.Id))], _now);

    private FoundSession Found(string id) =>
        _sessions.TryGetValue(id, out SimulatedSession? session)
            ? session.IsLive
                ? new FoundSession.Live(Given.Device, _now)
                : new FoundSession.HasEnded(
                    new(
                        id,
                        Given.Device,
                        session.StartedAt,
                        _now,
                        _now,
                        _now,
                        SessionEndReason.RevokedByUser
                    )
                )
            : new FoundSession.Missing();

    /// <summary>What must hold for every decision.</summary>
    private void CheckDecision(AccountDecision decision)
    {
        bool changesSomething =
            decision.Next is not null
            || decision.Renews is not null
            || decision.Revokes is not null;
        if (changesSomething)
            Assert.DoesNotContain(ResultOf(decision)?.GetType(), s_refusals);

        if (decision.Next is not { } next)
            return;

        if (
            Stored.EmailVerifiedAt is null
            && next.EmailVerifiedAt is null
            && next.Email is not null
        )
            Assert.All(decision.Mails, mail => Assert.NotNull(mail.Kind.LinkLifetime));
        if (Stored.EmailVerifiedAt is null)
        {
            Assert.Equal(
                Stored.OtpOf(AuthenticationMethod.Totp) is null,
                next.OtpOf(AuthenticationMethod.Totp) is null
            );
            Assert.Equal(Stored.Passkeys.Count, next.Passkeys.Count);
        }

        if (_rules.NeedsTwoFactors && SecondFactorSet.HasFactor(Stored) && next.Email is not null)
            Assert.True(SecondFactorSet.HasFactor(next));
        Assert.True(next.Stamp >= Stored.Stamp);
        Assert.True(next.DeviceEpoch >= Stored.DeviceEpoch || next.Email is null);
    }

    private static object? ResultOf(AccountDecision decision) =>
        decision.GetType().GetMethod("Result")?.Invoke(decision, [new SessionOutcome()]);

    /// <summary>What must hold at every moment.</summary>
    private void Check()
    {
        Assert.True(Stored.Ended.Count <= 10);
        Assert.True(Stored.Devices.Count <= 20);
        Assert.True(Stored.Finished.Count <= 16);
        Assert.True(Stored.Activity.Count <= 50);
        Assert.True(Stored.Passkeys.Count <= _rules.MaxPasskeys);
        Assert.True(Stored.RecoveryCodes.Count <= RecoveryCodeFactor.Count);
        Assert.True(Stored.SpentChallenges.Count <= 100);
        foreach (
            (string id, SimulatedSession session) in _sessions.Where(session =>
                session.Value.IsLive
            )
        )
        {
            bool isEnding = Stored.Ending.Any(ending => ending.Id == id);
            if (_mustEnd.Contains(id))
                Assert.True(isEnding, "A session that must end is live.");
            Assert.True(
                isEnding || Stored.Sessions.Any(listed => listed.Id == id),
                "A live session is not listed."
            );
        }

        bool hasWork =
            Stored.Outbox.Count > 0
            || Stored.HasToFinish()
            || Stored.RetentionEndsAt(_rules) is not null;
        Assert.Equal(hasWork, Stored.DueAt is not null);
    }

    // An accepted code is never accepted again.
    private void RecordCode(AccountDecision decision, SecondFactorCode? code)
    {
        if (
            code is null
            || decision.Next is null
            || decision.Starts is null && decision.Renews is null
        )
            return;
        if (decision.Renews is { Proof.Methods: var methods } && !methods.Contains(code.Method))
            return;

        string spent =
            code.Method == AuthenticationMethod.Totp
                ? $"{_app}/{code.Text.Text}/{_now.ToUnixTimeSeconds() / 300}"
                : code.Text.Text;
        Assert.True(_acceptedCodes.Add(spent), "A code was accepted twice.");
    }

    private SecondFactorCode Code(Step step) =>
        step.Argument % 3 == 1 && _recoveryCodes.Count > 0
            ? _recoveryCodes[step.Argument % _recoveryCodes.Count]
            : new(AuthenticationMethod.Totp, Totp(_app, step.Argument % 2));

    private Secret Totp(string? secret, int ahead) =>
        new(
            secret is null
                ? "000000"
                : new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(
                    _now.AddSeconds(30 * ahead).UtcDateTime
                )
        );

    private PasskeyUse Use(Step step) =>
        new(
            Stored.Passkeys[step.Argument % Stored.Passkeys.Count].Id,
            SignCount: 1,
            BackedUp: false,
            Stored.Stamp,
            Challenge(step)
        );

    private AnsweredChallenge Challenge(Step step) =>
        new(
            $"challenge-{(step.Argument % 4 == 0 ? 0 : _counter++)}",
            _now + TimeSpan.FromMinutes(5)
        );

    private Secret Link(MailKind kind) =>
        Stored.Links.LastOrDefault(link => link.Kind == kind) is { } link
            ? TestSecrets.LinkToken(Given.Id, kind, link.Email, link.Nonce)
            : new("no link");

    private static SignInContext SignIn(OperationId operation) => Given.SignIn(operation);

    private SessionId SessionAt(int index) =>
        SessionId.Parse(_sessions.Keys.ElementAt(index % _sessions.Count));

    private SimulatedSession? Live(SessionId id) =>
        _sessions.TryGetValue(id.Value, out SimulatedSession? session) && session.IsLive
            ? session
            : null;

    private Caller CallerOf(int index, OperationId operation)
    {
        SessionId id = SessionAt(index);
        return new(
            id,
            Given.Device,
            operation,
            Live(id) is { } live
                ? new(
                    id,
                    Given.Id,
                    Given.Device,
                    live.StartedAt,
                    _now,
                    _now.AddDays(30),
                    null,
                    null,
                    live.AuthenticatedAt,
                    live.Proof,
                    []
                )
                : null
        );
    }

    private sealed class SimulatedSession
    {
        public bool IsLive { get; set; } = true;

        public required SessionProof Proof { get; set; }

        public DateTimeOffset AuthenticatedAt { get; set; }

        public DateTimeOffset StartedAt { get; init; }
    }
}

/// <summary>One operation on an account.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Session">The session that calls.</param>
/// <param name="Argument">Selects the arguments.</param>
/// <param name="CallOutcome">How far the call gets.</param>
internal sealed record Step(int Operation, int Session, int Argument, CallOutcome CallOutcome);

/// <summary>
/// How far a call gets. A write with an unknown outcome is either of <see cref="NotStored"/> and <see
/// cref="DiesAfterWrite"/>.
/// </summary>
internal enum CallOutcome
{
    /// <summary>It completes.</summary>
    Completes,

    /// <summary>It reaches its write, and is not repeated.</summary>
    NotRepeated,

    /// <summary>The write is not stored; the call is repeated.</summary>
    NotStored,

    /// <summary>The write is stored and nothing after it happens; the call is repeated.</summary>
    DiesAfterWrite,

    /// <summary>It completes, but the answer is lost; the call is repeated.</summary>
    AnswerLost,
}
