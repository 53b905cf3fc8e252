using System.Security.Cryptography;
using OtpNet;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>
/// The life of an account: the real one decides, and what its grain does with a decision is played here, with all that can
/// go wrong in between. Sessions are what they are to an account: live or not, and by what they were proved.
/// </summary>
internal sealed class AccountLife
{
    private static readonly HashSet<Type?> s_refusals =
    [
        typeof(ChangePasswordResult.StepUpRequired),
        typeof(ChangeEmailResult.StepUpRequired),
        typeof(OfferTotpResult.StepUpRequired),
        typeof(ConfirmTotpResult.StepUpRequired),
        typeof(RemoveTotpResult.StepUpRequired),
        typeof(MakeRecoveryCodesResult.StepUpRequired),
        typeof(AddPasskeyResult.StepUpRequired),
        typeof(RemovePasskeyResult.StepUpRequired),
        typeof(EndSessionResult.StepUpRequired),
        typeof(EndSessionsResult.StepUpRequired),
        typeof(DeleteResult.StepUpRequired),
    ];

    private readonly AccountRules _rules;
    private readonly Dictionary<string, PlayedSession> _sessions = [];
    private readonly HashSet<string> _mustEnd = [];
    private readonly HashSet<string> _spent = [];
    private readonly List<SecondFactorCode> _recoveryCodes = [];
    private DateTimeOffset _now = Given.Now;
    private string? _offered;
    private string? _app;
    private int _made;
    private OperationId _operation;

    public AccountLife(AccountRules rules, bool isVerified)
    {
        _rules = rules;
        Play(
            Fate.Whole,
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

    /// <summary>Plays a step, and checks what has to hold after every one.</summary>
    public void Take(Step step)
    {
        Ask(step);
        Check();
    }

    private void Ask(Step step)
    {
        OperationId operation = _operation = OperationId.New();
        Fate fate = step.Fate;
        bool good = step.What % 4 != 0;
        SignInContext signIn = SignIn(operation);
        // A session as it is at each call, also when the call is repeated.
        Caller Asks() => CallerOf(step.Who, operation);
        switch (step.Operation)
        {
            case 0:
                Play(
                    fate,
                    (account, context) =>
                        account.Register(Given.Email, Given.Hash, good, signIn, context)
                );
                break;
            case 1 or 2:
                long stamp = good ? Stored.Stamp : Stored.Stamp - 1;
                Play(fate, (account, context) => account.Enter(signIn, stamp, null, context));
                break;
            case 3:
                SecondFactorCode second = Code(step);
                string login = $"login-{(good ? _made++ : 0)}";
                long known = Stored.Stamp;
                Play(
                    fate,
                    (account, context) =>
                        account.CompleteSignIn(login, known, second, signIn, context),
                    second
                );
                break;
            case 4 when Stored.Passkeys.Count > 0:
                PasskeyUse use = Use(step);
                Play(fate, (account, context) => account.SignInWithPasskey(use, signIn, context));
                break;
            case 5 or 6:
                SecondFactorCode? code = step.What % 3 == 0 ? null : Code(step);
                Play(fate, (account, context) => account.StepUp(Asks(), good, code, context), code);
                break;
            case 7 when Stored.Passkeys.Count > 0:
                PasskeyUse proof = Use(step);
                Play(fate, (account, context) => account.StepUpWithPasskey(Asks(), proof, context));
                break;
            case 8:
                Play(
                    fate,
                    (account, context) =>
                        account.ChangePassword(Asks(), $"hash-{step.What}", context),
                    keeps: step.Who
                );
                break;
            case 9:
                Play(fate, (account, context) => account.ForgotPassword(context));
                break;
            case 10:
                Secret reset = Link(MailKind.ResetPassword);
                Play(
                    fate,
                    (account, context) =>
                        account.ResetPassword(reset, $"hash-{step.What}", operation, context)
                );
                break;
            case 11:
                Play(fate, (account, context) => account.SendVerification(Asks(), context));
                break;
            case 12:
                Secret verify = Link(MailKind.VerifyAddress);
                bool? isTheirs = (step.What % 3) switch
                {
                    0 => true,
                    1 => false,
                    _ => null,
                };
                Play(
                    fate,
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
                string email = $"ada-{step.What % 3}@example.net";
                Play(fate, (account, context) => account.ChangeEmail(Asks(), email, context));
                break;
            case 14:
                Secret confirm = Link(MailKind.ConfirmNewAddress);
                Play(
                    fate,
                    (account, context) => account.ConfirmEmailChange(confirm, operation, context)
                );
                break;
            case 15:
                Offer(fate, Asks);
                break;
            case 16 or 17:
                SecondFactorCode first = new(
                    AuthenticationMethod.Totp,
                    Totp(good ? _offered : null, 0)
                );
                Confirm(step, Asks, first);
                break;
            case 18:
                Play(
                    fate,
                    (account, context) => account.RemoveTotp(Asks(), context),
                    keeps: step.Who
                );
                break;
            case 19:
                Made(
                    Play(
                        fate,
                        (account, context) => account.MakeRecoveryCodes(Asks(), context),
                        keeps: step.Who
                    )
                );
                break;
            case 20 or 21:
                Passkey passkey = Given.Passkey($"passkey-{step.What}");
                AnsweredChallenge challenge = Challenge(step);
                Play(
                    fate,
                    (account, context) => account.AddPasskey(Asks(), passkey, challenge, context),
                    keeps: step.Who
                );
                break;
            case 22 when Stored.Passkeys.Count > 0:
                string id = Stored.Passkeys[step.What % Stored.Passkeys.Count].Id;
                Play(
                    fate,
                    (account, context) => account.RemovePasskey(Asks(), id, context),
                    keeps: step.Who
                );
                break;
            case 23:
                SessionId other = SessionAt(step.What);
                Play(fate, (account, context) => account.EndSession(Asks(), other, context));
                break;
            case 24:
                Play(
                    fate,
                    (account, context) =>
                        account.EndSessions(Asks(), includeCurrent: !good, context),
                    keeps: step.Who
                );
                break;
            case 25 when step.What % 5 == 0:
                Play(fate, (account, context) => account.Delete(Asks(), context));
                break;
            case 26:
                Play(fate, (account, context) => account.ReleaseReservation(Given.Email, context));
                break;
            case 27:
                Play(
                    fate,
                    (account, context) =>
                        good
                            ? account.NotifyRegistrationAttempt(context)
                            : account.NotifyWrongCodes(Given.Device, context)
                );
                break;
            case 28 when Stored.Outbox.Count > 0:
                string mail = Stored.Outbox[step.What % Stored.Outbox.Count].Id;
                Play(
                    fate,
                    (account, context) =>
                        account.MailTried(
                            mail,
                            wasSent: good,
                            mayRetry: step.What % 2 == 0,
                            context
                        )
                );
                break;
            case 29:
                Store(Pruned(Stored));
                break;
            case 30:
                Finish(fails: fate == Fate.NotStored);
                break;
            default:
                _now += TimeSpan.FromSeconds(step.What % 7 == 0 ? step.What * 40_000L : step.What);
                break;
        }
    }

    private void Offer(Fate fate, Func<Caller> asks)
    {
        Decision<OfferTotpResult>? last = null;
        Play(fate, (account, context) => last = account.OfferTotp(asks(), context));
        // The app is as it is stored, whether the answer has come or not.
        if (Stored.OfferedTotp is { } offered && last!.Next?.OfferedTotp == offered)
            _offered = ((OfferTotpResult.Offered)last.Result(new())).Secret.Text;
    }

    private void Confirm(Step step, Func<Caller> asks, SecondFactorCode code)
    {
        Decision<ConfirmTotpResult>? last = null;
        Play(
            step.Fate,
            (account, context) => last = account.ConfirmTotp(asks(), code.Text, context),
            keeps: step.Who
        );
        if (Stored.Totp is not null && last!.Result(new()) is ConfirmTotpResult.Added added)
        {
            (_app, _offered) = (_offered ?? _app, null);
            Take(added.RecoveryCodes);
        }
    }

    private void Made(Decision<MakeRecoveryCodesResult> decision)
    {
        if (decision.Result(new()) is MakeRecoveryCodesResult.Made made)
            Take(made.RecoveryCodes);
    }

    private void Take(IReadOnlyList<Secret> codes) =>
        _recoveryCodes.AddRange(
            codes.Select(code => new SecondFactorCode(AuthenticationMethod.RecoveryCode, code))
        );

    /// <summary>A call, and where it has no answer the same call once more.</summary>
    private TDecision Play<TDecision>(
        Fate fate,
        Func<Account, AccountContext, TDecision> decide,
        SecondFactorCode? code = null,
        int? keeps = null
    )
        where TDecision : Decision
    {
        TDecision decision = decide(Stored, Context);
        bool wasStored = Carry(decision, fate, keeps);
        if (wasStored)
            Spend(decision, code);
        if (fate is Fate.Whole or Fate.GivenUp)
            return decision;

        TDecision again = decide(Stored, Context);
        if (wasStored && Stored.FinishedBy(_operation) is not null)
            Assert.True(again.Next is null, $"{decision.GetType()} changes something twice");
        bool stored = Carry(again, Fate.Whole, keeps);
        if (stored)
            Spend(again, code);
        return again;
    }

    private bool Carry(Decision decision, Fate fate, int? keeps)
    {
        Judge(decision);
        bool stores = decision.Next is not null && fate != Fate.NotStored;
        if (decision.Next is not null && !stores)
            return false;

        if (decision.Next is { } next)
        {
            string? keeper =
                keeps is { } who && decision.Renews is not null ? SessionAt(who).Value : null;
            keeper ??=
                decision.Finishing == Finishing.Required
                && decision.Renews is null
                && keeps is { } asking
                    ? SessionAt(asking).Value
                    : null;
            if (decision.Finishing == Finishing.Required)
                _mustEnd.UnionWith(
                    _sessions
                        .Where(session => session.Value.IsLive && session.Key != keeper)
                        .Select(session => session.Key)
                );
            Store(
                decision.Starts is not null && next.Sessions.Count > _rules.MaxSessions
                    ? Pruned(next)
                    : next
            );
        }

        if (fate is Fate.DiesAfterWrite or Fate.GivenUp)
            return stores;

        if (decision.Finishing != Finishing.Later)
            Finish(fails: false);
        if (
            decision.Renews is { } renews
            && Live(renews.Session) is { } renewed
            && renews.Proof is { } proof
        )
            (renewed.Proof, renewed.ProvedAt) = (proof, _now);
        if (decision.Starts is { } starts)
            Start(starts);
        if (
            decision.Revokes is { } revokes
            && _sessions.TryGetValue(revokes.Session.Value, out PlayedSession? revoked)
        )
            revoked.IsLive = false;
        return stores;
    }

    private void Start(NewSession starts)
    {
        // One that was started already is started again by a repeated call, and is as it was.
        _sessions.TryAdd(
            starts.Id.Value,
            new()
            {
                Proof = starts.Proof,
                ProvedAt = _now,
                StartedAt = _now,
            }
        );
        foreach (SessionId earliest in Stored.BeyondLimit(starts.SignIn.Replaces, _rules))
            if (_sessions.TryGetValue(earliest.Value, out PlayedSession? beyond))
                beyond.IsLive = false;
        Assert.Contains(Stored.Sessions, listed => listed.Id == starts.Id.Value);
    }

    private void Finish(bool fails)
    {
        bool[] ended = [.. Stored.Ending.Select((_, i) => !fails || i % 2 == 0)];
        foreach ((EndingSession ending, bool isEnded) in Stored.Ending.Zip(ended))
            if (isEnded && _sessions.TryGetValue(ending.Id, out PlayedSession? session))
                session.IsLive = false;
        if (Stored.HasToFinish())
            Store(
                Stored.AfterFinishing(
                    ended,
                    [.. Stored.LeavingTraces.Select(_ => !fails)],
                    [.. Stored.Releasing.Select(_ => !fails)]
                )
            );
    }

    private void Store(Account next) => Stored = next.ToStore([], Context);

    private Account Pruned(Account account) =>
        account.Pruned([.. account.Sessions.Select(listed => Found(listed.Id))], _now);

    private FoundSession Found(string id) =>
        _sessions.TryGetValue(id, out PlayedSession? session)
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

    /// <summary>What has to hold of every decision.</summary>
    private void Judge(Decision decision)
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
            Assert.Equal(Stored.Totp is null, next.Totp is null);
            Assert.Equal(Stored.Passkeys.Count, next.Passkeys.Count);
        }

        if (_rules.NeedsTwoFactors && SecondFactorSet.HasFactor(Stored) && next.Email is not null)
            Assert.True(SecondFactorSet.HasFactor(next));
        Assert.True(next.Stamp >= Stored.Stamp);
        Assert.True(next.DeviceEpoch >= Stored.DeviceEpoch || next.Email is null);
    }

    private static object? ResultOf(Decision decision) =>
        decision.GetType().GetMethod("Result")?.Invoke(decision, [new SessionOutcome()]);

    /// <summary>What has to hold at every moment.</summary>
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
            (string id, PlayedSession session) in _sessions.Where(session => session.Value.IsLive)
        )
        {
            bool isEnding = Stored.Ending.Any(ending => ending.Id == id);
            if (_mustEnd.Contains(id))
                Assert.True(isEnding, "A session outlives what must end it.");
            Assert.True(
                isEnding || Stored.Sessions.Any(listed => listed.Id == id),
                "A live session is listed nowhere."
            );
        }

        bool hasWork =
            Stored.Outbox.Count > 0 || Stored.HasToFinish() || Stored.ForgetsAt(_rules) is not null;
        Assert.Equal(hasWork, Stored.DueAt is not null);
    }

    // A code that was accepted is never accepted again.
    private void Spend(Decision decision, SecondFactorCode? code)
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
        Assert.True(_spent.Add(spent), "A code was accepted twice.");
    }

    private SecondFactorCode Code(Step step) =>
        step.What % 3 == 1 && _recoveryCodes.Count > 0
            ? _recoveryCodes[step.What % _recoveryCodes.Count]
            : new(AuthenticationMethod.Totp, Totp(_app, step.What % 2));

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
            Stored.Passkeys[step.What % Stored.Passkeys.Count].Id,
            SignCount: 1,
            BackedUp: false,
            Stored.Stamp,
            Challenge(step)
        );

    private AnsweredChallenge Challenge(Step step) =>
        new($"challenge-{(step.What % 4 == 0 ? 0 : _made++)}", _now + TimeSpan.FromMinutes(5));

    private Secret Link(MailKind kind) =>
        Stored.Links.LastOrDefault(link => link.Kind == kind) is { } link
            ? TestSecrets.LinkToken(Given.Id, kind, link.Address, link.Nonce)
            : new("no link");

    private static SignInContext SignIn(OperationId operation) => Given.SignIn(operation);

    private SessionId SessionAt(int who) =>
        SessionId.Parse(_sessions.Keys.ElementAt(who % _sessions.Count));

    private PlayedSession? Live(SessionId id) =>
        _sessions.TryGetValue(id.Value, out PlayedSession? session) && session.IsLive
            ? session
            : null;

    private Caller CallerOf(int who, OperationId operation)
    {
        SessionId id = SessionAt(who);
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
                    live.ProvedAt,
                    live.Proof
                )
                : null
        );
    }

    private sealed class PlayedSession
    {
        public bool IsLive { get; set; } = true;

        public required SessionProof Proof { get; set; }

        public DateTimeOffset ProvedAt { get; set; }

        public DateTimeOffset StartedAt { get; init; }
    }
}

/// <summary>Something that happens to an account.</summary>
/// <param name="Operation">What.</param>
/// <param name="Who">Which session asks.</param>
/// <param name="What">What with.</param>
/// <param name="Fate">How far it gets.</param>
internal sealed record Step(int Operation, int Who, int What, Fate Fate);

/// <summary>How far a call gets. Whether a write was stored that has no answer is one of the first two of those that are repeated.</summary>
internal enum Fate
{
    /// <summary>To its end.</summary>
    Whole,

    /// <summary>To its write, and nobody asks again.</summary>
    GivenUp,

    /// <summary>The write is not stored; the call is repeated.</summary>
    NotStored,

    /// <summary>The write is stored, and nothing that comes after it is done; the call is repeated.</summary>
    DiesAfterWrite,

    /// <summary>To its end, but the answer is lost; the call is repeated.</summary>
    AnswerLost,
}
