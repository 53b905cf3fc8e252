using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>Sign-in by password and second factor.</remarks>
public sealed partial record Account
{
    // Longer than the first step of a sign-in is valid.
    private static readonly TimeSpan s_completedLoginIsKept = TimeSpan.FromMinutes(10);

    /// <summary>Signs in with a password: starts a session, or requires a second factor.</summary>
    /// <param name="signIn">The device and lifetime of the session.</param>
    /// <param name="password">The result of the password verification; null before it.</param>
    /// <param name="context">The time, settings and keys.</param>
    /// <returns>
    /// Null when the password has to be verified first, or again. That is done even if there is no account, so that the
    /// response time does not reveal which emails have one (user enumeration, ASVS 6.3.8).
    /// </returns>
    public AccountDecision<SignInResult>? SignIn(
        SignInContext signIn,
        PasswordTicket? password,
        AccountContext context
    )
    {
        if (password?.IsFor(this) is not true)
            return null;
        if (!password.IsRight)
            return new(this, new SignInResult.Refused())
            {
                Noted = Email is null
                    ? null
                    : new(context.Now, AccountEventKind.SignInFailed, Device: signIn.Device),
            };

        SessionProof proof = StepUpPolicy.ProofOf([AuthenticationMethod.Password], context.Rules);
        if (FinishedBy(signIn.Operation) is { } done)
            return StartSessionAgain<SignInResult>(
                done,
                signIn,
                proof,
                tokens => new SignInResult.SignedIn(Email!, tokens),
                new SignInResult.Busy()
            );
        if (MustVerifyEmail(context))
            return RequireVerification<SignInResult>(
                new SignInResult.EmailNotVerified(!context.Rules.RegistrationIsPrivate),
                signIn.Device,
                context
            );

        Account next = password.NewHash is { } renewed
            ? this with
            {
                PasswordHash = renewed,
            }
            : this;
        if (SecondFactorSet.IsAskedAfterPassword(this))
            return new(
                this,
                new SignInResult.SecondFactorNeeded(
                    context.Id,
                    Stamp,
                    SecondFactorSet.MethodsOf(this)
                )
            )
            {
                Next = ReferenceEquals(next, this) ? null : next,
            };

        return StartSession<SignInResult>(
            next.Recording(AccountEventKind.SignedIn, context, signIn.Device),
            signIn,
            proof,
            tokens => new SignInResult.SignedIn(Email!, tokens),
            context
        );
    }

    /// <summary>
    /// Completes a sign-in with a second factor, after the password was right. Each code is accepted once (replay).
    /// </summary>
    /// <param name="login">The id of the sign-in, which can start one session.</param>
    /// <param name="stamp">The account's stamp as of the first step.</param>
    /// <param name="code">The entered code.</param>
    /// <param name="signIn">The device and lifetime of the session.</param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision<CompleteSignInResult> CompleteSignIn(
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
            return StartSessionAgain<CompleteSignInResult>(
                done,
                signIn,
                proof,
                tokens => new CompleteSignInResult.SignedIn(Email!, tokens),
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
        return StartSession<CompleteSignInResult>(
            next,
            signIn,
            proof,
            tokens => new CompleteSignInResult.SignedIn(Email, tokens),
            context
        );
    }

    private bool MustVerifyEmail(AccountContext context) =>
        context.Rules.NeedsVerifiedEmail && !IsVerified;

    private AccountDecision<TResult> RequireVerification<TResult>(
        TResult result,
        ClientDevice device,
        AccountContext context
    ) =>
        new(this, result)
        {
            Budget = new(MailKind.VerifyEmail, Email!),
            Next = WithMail(MailKind.VerifyEmail, Email!, context, device),
        };

    // The new session is stored before any other ends, and ends the browser's previous sessions only when it is first
    // used: if a step fails or the response is lost, the browser is not signed out.
    private AccountDecision<TResult> StartSession<TResult>(
        Account next,
        SignInContext signIn,
        SessionProof proof,
        Func<SessionTokens, TResult> signedIn,
        AccountContext context
    )
    {
        SessionId id = context.NewSessionId();
        ListedSession listed = new(id.Value, context.Now, signIn.Device.Ip, UsedAt: context.Now);
        // Only a full sign-in with "remember me" makes a known device.
        if (signIn.Persistent && !proof.Restricted)
            next = next.Remembering(signIn.Mark, id, signIn.Device, context);
        return new(this, outcome => signedIn(outcome.Tokens!))
        {
            Next = (next with { Sessions = [.. next.Sessions, listed] }).WithFinished(
                signIn.Operation,
                context.Now,
                id.Value
            ),
            Starts = new(id, proof, signIn),
        };
    }

    // Repeats a completed sign-in whose response was lost, unless the account's secrets have changed since (ASVS
    // 7.4.3).
    private AccountDecision<TResult> StartSessionAgain<TResult>(
        FinishedOperation done,
        SignInContext signIn,
        SessionProof proof,
        Func<SessionTokens, TResult> signedIn,
        TResult expired
    ) =>
        Email is not null && Stamp == done.Stamp && done.Result is { } session
            ? new(this, outcome => signedIn(outcome.Tokens!))
            {
                Starts = new(SessionId.Parse(session), proof, signIn),
            }
            : new(this, expired);

    private static AccountEvent WrongCode(ClientDevice device, AccountContext context) =>
        new(context.Now, AccountEventKind.CodeFailed, Device: device);
}
