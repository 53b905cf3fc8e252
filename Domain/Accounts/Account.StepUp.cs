using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>Step-up: a session proves anew who is there. And whether it has proved enough for what it asks.</remarks>
public sealed partial record Account
{
    /// <summary>What settles a step-up before its password is looked at; null when it goes on.</summary>
    /// <param name="caller">The session that asks.</param>
    /// <param name="hasPassword">Whether a password was given.</param>
    /// <param name="code">The code that was given; null without one.</param>
    /// <param name="context">The context.</param>
    public Decision<StepUpResult>? BeforeStepUp(
        Caller caller,
        bool hasPassword,
        SecondFactorCode? code,
        AccountContext context
    )
    {
        if (IsSignedOut(caller))
            return new(this, new StepUpResult.SignedOut());
        if (FinishedBy(caller.Operation) is not null)
            return Proved(this, caller, StepUpMethods(code), context, next: null);
        return hasPassword && (code is not null || !SecondFactorSet.IsAskedAfterPassword(this))
            ? null
            : new(this, new StepUpResult.NotEnough(StepUpPolicy.Ways(this, context.Rules)));
    }

    /// <summary>Proves anew who is there, by the password, and by a code where the account asks for one after it.</summary>
    /// <param name="caller">The session that asks.</param>
    /// <param name="passwordMatches">Whether the password is right.</param>
    /// <param name="code">The code that was given; null without one.</param>
    /// <param name="context">The context.</param>
    public Decision<StepUpResult> StepUp(
        Caller caller,
        bool passwordMatches,
        SecondFactorCode? code,
        AccountContext context
    )
    {
        if (BeforeStepUp(caller, hasPassword: true, code, context) is { } settled)
            return settled;
        if (!passwordMatches)
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

    /// <summary>Proves anew who is there, with a passkey.</summary>
    public Decision<StepUpWithPasskeyResult> StepUpWithPasskey(
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
                outcome.Grant is { } grant
                    ? new StepUpWithPasskeyResult.Proved(grant)
                    : new StepUpWithPasskeyResult.SignedOut()
        )
        {
            Next = used?.SteppedUp(caller, context),
            Renews = Renewal(caller, [AuthenticationMethod.Passkey], context),
        };
    }

    private static Decision<StepUpResult> Proved(
        Account before,
        Caller caller,
        IReadOnlyList<AuthenticationMethod> methods,
        AccountContext context,
        Account? next
    ) =>
        new(
            before,
            outcome =>
                outcome.Grant is { } grant
                    ? new StepUpResult.Proved(grant)
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

    /// <summary>The ways to prove what the session has not proved; null when it has proved enough.</summary>
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
