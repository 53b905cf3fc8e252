using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>Signing in: by password, with a second step, and the sessions that this starts.</remarks>
public sealed partial record Account
{
    // Longer than the first step of a sign-in is good.
    private static readonly TimeSpan s_completedLoginIsKept = TimeSpan.FromMinutes(10);

    /// <summary>The first half of a sign-in by password.</summary>
    /// <param name="matches">Whether the password is right for <paramref name="stamp"/>; false where there was no account.</param>
    /// <param name="stamp">The stamp of the account whose hash it was compared with.</param>
    /// <param name="device">The device that the password came from.</param>
    /// <param name="context">The context.</param>
    public Decision<VerifyPasswordResult> VerifyPassword(
        bool matches,
        long stamp,
        ClientDevice device,
        AccountContext context
    ) =>
        matches
            ? new(this, new VerifyPasswordResult.Matched(stamp))
            : new(this, new VerifyPasswordResult.Refused())
            {
                Noted = Email is null
                    ? null
                    : new(context.Now, AccountEventKind.SignInFailed, Device: device),
            };

    /// <summary>The hash that the sign-in is about to pass by, which may be renewed when it is outdated; null when it does not pass.</summary>
    public string? HashToRenew(SignInContext signIn, long stamp, AccountContext context) =>
        FinishedBy(signIn.Operation) is null && Stamp == stamp && !HasToVerifyFirst(context)
            ? PasswordHash
            : null;

    /// <summary>The second half of a sign-in by password: starts a session, or asks for a second factor.</summary>
    /// <param name="signIn">Where the session is started.</param>
    /// <param name="stamp">The stamp that the first half was answered with.</param>
    /// <param name="renewedHash">The password's hash by the present parameters; null where it is to stay as it is.</param>
    /// <param name="context">The context.</param>
    public Decision<EnterResult> Enter(
        SignInContext signIn,
        long stamp,
        string? renewedHash,
        AccountContext context
    )
    {
        SessionProof proof = StepUpPolicy.ProofOf([AuthenticationMethod.Password], context.Rules);
        if (FinishedBy(signIn.Operation) is { } done)
            return AdmitAgain<EnterResult>(
                done,
                signIn,
                proof,
                grant => new EnterResult.SignedIn(Email!, grant),
                new EnterResult.Expired()
            );
        if (Email is null || PasswordHash is null || Stamp != stamp)
            return new(this, new EnterResult.Expired());
        if (HasToVerifyFirst(context))
            return VerifyingFirst<EnterResult>(
                new EnterResult.EmailNotVerified(!context.Rules.RegistrationIsPrivate),
                signIn.Device,
                context
            );

        Account next = renewedHash is null ? this : this with { PasswordHash = renewedHash };
        if (SecondFactorSet.IsAskedAfterPassword(this))
            return new(
                this,
                new EnterResult.SecondFactorNeeded(
                    context.Id,
                    Stamp,
                    SecondFactorSet.MethodsOf(this)
                )
            )
            {
                Next = renewedHash is null ? null : next,
            };

        return Admit<EnterResult>(
            next.Recording(AccountEventKind.SignedIn, context, signIn.Device),
            signIn,
            proof,
            grant => new EnterResult.SignedIn(Email, grant),
            context
        );
    }

    /// <summary>Completes a sign-in whose password was right, by a code that was not used before.</summary>
    /// <param name="login">The id of the sign-in, which is good for one session.</param>
    /// <param name="stamp">The stamp that the first step was answered with.</param>
    /// <param name="code">The code.</param>
    /// <param name="signIn">Where the session is started.</param>
    /// <param name="context">The context.</param>
    public Decision<CompleteSignInResult> CompleteSignIn(
        string login,
        long stamp,
        SecondFactorCode code,
        SignInContext signIn,
        AccountContext context
    )
    {
        SessionProof proof = StepUpPolicy.ProofOf(
            [AuthenticationMethod.Password, code.Method],
            context.Rules
        );
        if (FinishedBy(signIn.Operation) is { } done)
            return AdmitAgain<CompleteSignInResult>(
                done,
                signIn,
                proof,
                grant => new CompleteSignInResult.SignedIn(Email!, grant),
                new CompleteSignInResult.Expired()
            );
        if (
            Email is null
            || !SecondFactorSet.IsAskedAfterPassword(this)
            || Stamp != stamp
            || CompletedLogins.Any(completed => completed.Login == login)
        )
            return new(this, new CompleteSignInResult.Expired());

        if (SecondFactorSet.Spend(this, code, signIn.Device, context) is not { } spent)
            return new(this, new CompleteSignInResult.WrongCode(code.Method))
            {
                Noted = WrongCode(signIn.Device, context),
            };

        Account next = spent.Recording(AccountEventKind.SignedIn, context, signIn.Device) with
        {
            CompletedLogins =
            [
                .. CompletedLogins.Where(completed =>
                    context.Now - completed.At < s_completedLoginIsKept
                ),
                new(login, context.Now),
            ],
        };
        return Admit<CompleteSignInResult>(
            next,
            signIn,
            proof,
            grant => new CompleteSignInResult.SignedIn(Email, grant),
            context
        );
    }

    private bool HasToVerifyFirst(AccountContext context) =>
        context.Rules.NeedsVerifiedEmail && !IsVerified;

    private Decision<TResult> VerifyingFirst<TResult>(
        TResult result,
        ClientDevice device,
        AccountContext context
    ) =>
        new(this, result)
        {
            Budget = new(MailKind.VerifyAddress, Email!),
            Next = WithMail(MailKind.VerifyAddress, Email!, context, device),
        };

    // The new session is durable before any other ends, and ends the browser's own by itself when it is first used: when
    // something fails midway, or the answer is lost, the browser is not signed out.
    private Decision<TResult> Admit<TResult>(
        Account next,
        SignInContext signIn,
        SessionProof proof,
        Func<SessionGrant, TResult> signedIn,
        AccountContext context
    )
    {
        SessionId id = context.NewSessionId();
        ListedSession listed = new(id.Value, context.Now, signIn.Device.Ip, UsedAt: context.Now);
        // A device is known where all that the account asks for was proved, and something may be left behind.
        if (signIn.Persistent && !proof.Restricted)
            next = next.Remembering(signIn.Mark, id, signIn.Device, context);
        return new(this, outcome => signedIn(outcome.Grant!))
        {
            Next = (next with { Sessions = [.. next.Sessions, listed] }).WithFinished(
                signIn.Operation,
                context.Now,
                id.Value
            ),
            Starts = new(id, proof, signIn),
        };
    }

    // The sign-in whose answer was lost goes on where it was, unless the secrets have changed since (ASVS 7.4.3).
    private Decision<TResult> AdmitAgain<TResult>(
        FinishedOperation done,
        SignInContext signIn,
        SessionProof proof,
        Func<SessionGrant, TResult> signedIn,
        TResult expired
    ) =>
        Email is not null && Stamp == done.Stamp && done.Result is { } session
            ? new(this, outcome => signedIn(outcome.Grant!))
            {
                Starts = new(SessionId.Parse(session), proof, signIn),
            }
            : new(this, expired);

    private static AccountEvent WrongCode(ClientDevice device, AccountContext context) =>
        new(context.Now, AccountEventKind.CodeFailed, Device: device);
}
