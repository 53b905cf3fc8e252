using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The authenticator app and the recovery codes that come with it.</remarks>
public sealed partial record Account
{
    /// <summary>
    /// Offers a new secret, which counts for nothing until a code of it has confirmed it. Only where the email is
    /// verified: the first proof of an email would otherwise have to take away what somebody else may have added.
    /// </summary>
    public Decision<OfferTotpResult> OfferTotp(Caller caller, AccountContext context)
    {
        if (IsSignedOut(caller))
            return new(this, new OfferTotpResult.SignedOut());
        if (!context.Rules.AllowsSecondFactors)
            return new(this, new OfferTotpResult.NotAllowed());
        if (Totp is not null)
            return new(this, new OfferTotpResult.AlreadyOn());
        if (!IsVerified)
            return new(this, new OfferTotpResult.EmailNotVerified());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new OfferTotpResult.StepUpRequired(accepts));

        Secret secret = TotpFactor.NewSecret(context);
        return new(this, new OfferTotpResult.Offered(secret, Email!))
        {
            Next = this with { OfferedTotp = TotpFactor.App(secret, context) },
        };
    }

    /// <summary>Turns the authenticator app on that was offered; makes recovery codes, and ends all other sessions.</summary>
    /// <param name="caller">The session that asks, with the operation that the codes are derived from.</param>
    /// <param name="code">A code of the app.</param>
    /// <param name="context">The context.</param>
    public Decision<ConfirmTotpResult> ConfirmTotp(
        Caller caller,
        Secret code,
        AccountContext context
    )
    {
        SessionProof proof = StepUpPolicy.ProofOf(
            [AuthenticationMethod.Password, AuthenticationMethod.Totp],
            context.Rules
        );
        if (FinishedBy(caller.Operation) is not null)
            return SameCodes(caller, context) is { } same
                ? Again<ConfirmTotpResult>(
                    caller,
                    grant => new ConfirmTotpResult.Added(same, grant),
                    proof
                )
                : new(this, new ConfirmTotpResult.CodesLost());
        if (IsSignedOut(caller))
            return new(this, new ConfirmTotpResult.SignedOut());
        if (OfferedTotp is not { } offered)
            return new(this, new ConfirmTotpResult.NotOffered());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new ConfirmTotpResult.StepUpRequired(accepts));
        if (TotpFactor.Step(offered, code, context) is not { } step)
            return new(this, new ConfirmTotpResult.WrongCode())
            {
                Noted = WrongCode(caller.Device, context),
            };

        (Account next, IReadOnlyList<Secret> codes) = (
            Recording(AccountEventKind.TotpAdded, context, caller.Device) with
            {
                Totp = offered with { AddedAt = context.Now, LastStep = step },
            }
        )
            .WithMail(MailKind.TotpAdded, Email!, context, caller.Device)
            .WithNewCodes(caller, context);
        return WithNewSecrets<ConfirmTotpResult>(
            next,
            SessionEndReason.FactorChanged,
            caller,
            grant => new ConfirmTotpResult.Added(codes, grant),
            context,
            proof
        );
    }

    /// <summary>Turns the authenticator app off; the recovery codes go with it, and all other sessions end.</summary>
    public Decision<RemoveTotpResult> RemoveTotp(Caller caller, AccountContext context)
    {
        if (FinishedBy(caller.Operation) is not null)
            return Again<RemoveTotpResult>(caller, grant => new RemoveTotpResult.Removed(grant));
        if (IsSignedOut(caller))
            return new(this, new RemoveTotpResult.SignedOut());
        if (Totp is null)
            return new(this, new RemoveTotpResult.NotOn());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new RemoveTotpResult.StepUpRequired(accepts));

        Account without = this with { Totp = null, RecoveryCodes = [] };
        if (SecondFactorSet.LosesItsLast(without, context.Rules))
            return new(this, new RemoveTotpResult.LastFactor());

        return WithNewSecrets<RemoveTotpResult>(
            without
                .Recording(AccountEventKind.TotpRemoved, context, caller.Device)
                .WithMail(MailKind.TotpRemoved, Email!, context, caller.Device),
            SessionEndReason.FactorChanged,
            caller,
            grant => new RemoveTotpResult.Removed(grant),
            context
        );
    }

    /// <summary>Replaces the recovery codes; ends all other sessions.</summary>
    /// <param name="caller">The session that asks, with the operation that the codes are derived from.</param>
    /// <param name="context">The context.</param>
    public Decision<MakeRecoveryCodesResult> MakeRecoveryCodes(
        Caller caller,
        AccountContext context
    )
    {
        if (FinishedBy(caller.Operation) is not null)
            return SameCodes(caller, context) is { } same
                ? Again<MakeRecoveryCodesResult>(
                    caller,
                    grant => new MakeRecoveryCodesResult.Made(same, grant)
                )
                : new(this, new MakeRecoveryCodesResult.CodesLost());
        if (IsSignedOut(caller))
            return new(this, new MakeRecoveryCodesResult.SignedOut());
        if (Totp is null)
            return new(this, new MakeRecoveryCodesResult.NoTotp());
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
            grant => new MakeRecoveryCodesResult.Made(codes, grant),
            context
        );
    }

    /// <summary>Notifies the owner that codes were wrong many times in a row.</summary>
    /// <param name="device">The device that the last of them came from.</param>
    /// <param name="context">The context.</param>
    public Decision NotifyWrongCodes(ClientDevice device, AccountContext context) =>
        new(this)
        {
            Next = Email is null ? null : WithMail(MailKind.WrongCodes, Email, context, device),
        };

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

    // Null when they were made anew since, or the key is gone: then they are good for nothing.
    private IReadOnlyList<Secret>? SameCodes(Caller caller, AccountContext context) =>
        context.Secrets.SameRecoveryCodes(context.Id, caller.Operation!.Value, RecoveryCodes);
}
