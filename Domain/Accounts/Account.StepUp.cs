using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>Step-up authentication (RFC 9470), and whether a session needs it.</remarks>
public sealed partial record Account
{
    /// <summary>
    /// Re-authenticates a session with the password, and with a code if the account has a second factor.
    /// </summary>
    /// <param name="caller">The session that makes the request.</param>
    /// <param name="hasPassword">Whether a password was presented.</param>
    /// <param name="password">The result of the password verification; null before it.</param>
    /// <param name="code">The entered code; null if none.</param>
    /// <param name="context">The time, settings and keys.</param>
    /// <returns>Null when the password has to be verified first, or again.</returns>
    public AccountDecision<StepUpResult>? StepUp(
        Caller caller,
        bool hasPassword,
        PasswordTicket? password,
        SecondFactorCode? code,
        AccountContext context
    )
    {
        if (IsSignedOut(caller))
            return new(this, new StepUpResult.SignedOut());
        if (FinishedBy(caller.Operation) is not null)
            return Proved(this, caller, StepUpMethods(code), context, next: null);
        if (!hasPassword || (code is null && SecondFactorSet.IsAskedAfterPassword(this)))
            return new(this, new StepUpResult.NotEnough(StepUpPolicy.Ways(this, context.Rules)));
        if (password?.IsFor(this) is not true)
            return null;
        if (!password.IsRight)
            return new(this, new StepUpResult.WrongPassword())
            {
                Noted = WrongPassword(caller, context),
            };
        if (code is null || !SecondFactorSet.IsAskedAfterPassword(this))
            return Proved(this, caller, StepUpMethods(code), context, next: this);

        return SecondFactorSet.Spend(this, code, caller.Device, context) is { } spent
            ? Proved(this, caller, StepUpMethods(code), context, spent)
            : new(this, new StepUpResult.WrongCode(code.Method))
            {
                Noted = WrongCode(caller.Device, context),
            };
    }

    /// <summary>Re-authenticates a session with a passkey.</summary>
    public AccountDecision<StepUpWithPasskeyResult> StepUpWithPasskey(
        Caller caller,
        PasskeyUse use,
        AccountContext context
    )
    {
        if (IsSignedOut(caller))
            return new(this, new StepUpWithPasskeyResult.SignedOut());

        bool isRepeated = FinishedBy(caller.Operation) is not null;
        Account? used = isRepeated ? null : PasskeyFactor.Use(this, use, context);
        if (used is null && !isRepeated)
            return new(this, new StepUpWithPasskeyResult.Refused());

        return new(
            this,
            outcome =>
                outcome.Tokens is { } tokens
                    ? new StepUpWithPasskeyResult.Proved(tokens)
                    : new StepUpWithPasskeyResult.SignedOut()
        )
        {
            Next = used?.SteppedUp(caller, context),
            Renews = Renewal(caller, [AuthenticationMethod.Passkey], context),
        };
    }

    private static AccountDecision<StepUpResult> Proved(
        Account before,
        Caller caller,
        IReadOnlyList<AuthenticationMethod> methods,
        AccountContext context,
        Account? next
    ) =>
        new(
            before,
            outcome =>
                outcome.Tokens is { } tokens
                    ? new StepUpResult.Proved(tokens)
                    : new StepUpResult.SignedOut()
        )
        {
            Next = next?.SteppedUp(caller, context),
            Renews = Renewal(caller, methods, context),
        };

    private Account SteppedUp(Caller caller, AccountContext context) =>
        Recording(AccountEventKind.SteppedUp, context, caller.Device)
            .WithFinished(caller.Operation, context.Now);

    private static SessionRenewal Renewal(
        Caller caller,
        IReadOnlyList<AuthenticationMethod> methods,
        AccountContext context
    ) => new(caller.Session, StepUpPolicy.ProofOf(methods, context.Rules), MarksDevice: false);

    private IReadOnlyList<AuthenticationMethod> StepUpMethods(SecondFactorCode? code) =>
        code is null || !SecondFactorSet.IsAskedAfterPassword(this)
            ? [AuthenticationMethod.Password]
            : [AuthenticationMethod.Password, code.Method];

    private bool IsSignedOut(Caller caller) => Email is null || caller.Live is null;

    /// <summary>The accepted combinations of methods if the session needs a step-up; otherwise null.</summary>
    private IReadOnlyList<IReadOnlyList<AuthenticationMethod>>? MissingProof(
        Caller caller,
        AccountContext context
    ) =>
        caller.Live is { } live && StepUpPolicy.IsEnough(this, live, context)
            ? null
            : StepUpPolicy.Ways(this, context.Rules);

    private static AccountEvent WrongPassword(Caller caller, AccountContext context) =>
        new(context.Now, AccountEventKind.SignInFailed, Device: caller.Device);
}
