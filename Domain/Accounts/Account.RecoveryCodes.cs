using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The recovery codes that come with OTP factors.</remarks>
public sealed partial record Account
{
    /// <summary>Replaces the recovery codes, and ends all other sessions.</summary>
    /// <param name="caller">
    /// The session that makes the request. The recovery codes are derived from its operation id.
    /// </param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision<MakeRecoveryCodesResult> MakeRecoveryCodes(
        Caller caller,
        AccountContext context
    )
    {
        if (FinishedBy(caller.Operation) is not null)
            return SameCodes(caller, context) is { } same
                ? Again<MakeRecoveryCodesResult>(
                    caller,
                    tokens => new MakeRecoveryCodesResult.Made(same, tokens)
                )
                : new(this, new MakeRecoveryCodesResult.CodesLost());
        if (IsSignedOut(caller))
            return new(this, new MakeRecoveryCodesResult.SignedOut());
        if (Otp.Count == 0)
            return new(this, new MakeRecoveryCodesResult.NoFactor());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new MakeRecoveryCodesResult.StepUpRequired(accepts));

        (Account next, IReadOnlyList<Secret> codes) = Recording(
                AccountEventKind.RecoveryCodesMade,
                context,
                caller.Device
            )
            .WithMail(MailKind.RecoveryCodesMade, Email!, context, caller.Device)
            .WithNewCodes(caller, context);
        return WithNewSecrets<MakeRecoveryCodesResult>(
            next,
            SessionEndReason.FactorChanged,
            caller,
            tokens => new MakeRecoveryCodesResult.Made(codes, tokens),
            context
        );
    }

    private (Account Next, IReadOnlyList<Secret> Codes) WithNewCodes(
        Caller caller,
        AccountContext context
    )
    {
        IReadOnlyList<Secret> codes = context.Secrets.RecoveryCodes(
            context.Id,
            caller.Operation!.Value
        );
        return (
            this with
            {
                RecoveryCodes =
                [
                    .. codes.Select(code => RecoveryCodeFactor.Hash(context.Id, code)),
                ],
            },
            codes
        );
    }

    // Null if the codes were replaced since or their key was removed.
    private IReadOnlyList<Secret>? SameCodes(Caller caller, AccountContext context) =>
        context.Secrets.SameRecoveryCodes(context.Id, caller.Operation!.Value, RecoveryCodes);
}
