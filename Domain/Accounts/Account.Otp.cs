using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>OTP factors.</remarks>
public sealed partial record Account
{
    /// <summary>The authenticator of a second factor; null if the account does not have it.</summary>
    public OtpAuthenticator? OtpOf(AuthenticationMethod method) =>
        Otp.FirstOrDefault(known => known.Method == method);

    /// <summary>
    /// Begins to add a second factor: creates a secret, which has no effect until it is confirmed with a code. The
    /// email must be verified: otherwise verifying it would have to remove a factor that an attacker may have added.
    /// </summary>
    public AccountDecision<OfferOtpResult> OfferOtp(
        AuthenticationMethod method,
        Caller caller,
        AccountContext context
    )
    {
        if (IsSignedOut(caller))
            return new(this, new OfferOtpResult.SignedOut());
        if (!context.Rules.AllowsSecondFactors)
            return new(this, new OfferOtpResult.NotAllowed());
        if (OtpOf(method) is not null)
            return new(this, new OfferOtpResult.AlreadyOn());
        if (!IsVerified)
            return new(this, new OfferOtpResult.EmailNotVerified());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new OfferOtpResult.StepUpRequired(accepts));

        Secret secret = OtpFactor.NewSecret(context);
        return new(this, new OfferOtpResult.Offered(secret, Email!))
        {
            Next = this with
            {
                OfferedOtp = SecondFactorSet.Otp(method).Authenticator(secret, context),
            },
        };
    }

    /// <summary>
    /// Confirms a new second factor with a code, generates recovery codes, and ends all other sessions.
    /// </summary>
    /// <param name="method">The method of the second factor.</param>
    /// <param name="caller">
    /// The session that makes the request. The recovery codes are derived from its operation id.
    /// </param>
    /// <param name="code">A code from the new authenticator.</param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision<ConfirmOtpResult> ConfirmOtp(
        AuthenticationMethod method,
        Caller caller,
        Secret code,
        AccountContext context
    )
    {
        SessionProof proof = StepUpPolicy.ProofOf(
            [AuthenticationMethod.Password, method],
            context.Rules
        );
        if (FinishedBy(caller.Operation) is not null)
            return SameCodes(caller, context) is { } same
                ? Again<ConfirmOtpResult>(
                    caller,
                    tokens => new ConfirmOtpResult.Added(same, tokens),
                    proof
                )
                : new(this, new ConfirmOtpResult.CodesLost());
        if (IsSignedOut(caller))
            return new(this, new ConfirmOtpResult.SignedOut());
        if (OfferedOtp is not { } offered || offered.Method != method)
            return new(this, new ConfirmOtpResult.NotOffered());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new ConfirmOtpResult.StepUpRequired(accepts));
        if (SecondFactorSet.Otp(method).Counter(offered, code, context) is not { } counter)
            return new(this, new ConfirmOtpResult.WrongCode())
            {
                Noted = WrongCode(caller.Device, context),
            };

        (Account next, IReadOnlyList<Secret> codes) = WithOtp(
                offered with
                {
                    AddedAt = context.Now,
                    LastCounter = counter,
                }
            )
            .Recording(AccountEventKind.SecondFactorAdded, context, caller.Device, method: method)
            .WithMail(MailKind.SecondFactorAdded, Email!, context, caller.Device, method: method)
            .WithNewCodes(caller, context);
        return WithNewSecrets<ConfirmOtpResult>(
            next,
            SessionEndReason.FactorChanged,
            caller,
            tokens => new ConfirmOtpResult.Added(codes, tokens),
            context,
            proof
        );
    }

    /// <summary>
    /// Removes a second factor, with the last one also the recovery codes, and ends all other sessions.
    /// </summary>
    public AccountDecision<RemoveOtpResult> RemoveOtp(
        AuthenticationMethod method,
        Caller caller,
        AccountContext context
    )
    {
        if (FinishedBy(caller.Operation) is not null)
            return Again<RemoveOtpResult>(caller, tokens => new RemoveOtpResult.Removed(tokens));
        if (IsSignedOut(caller))
            return new(this, new RemoveOtpResult.SignedOut());
        if (OtpOf(method) is null)
            return new(this, new RemoveOtpResult.NotOn());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new RemoveOtpResult.StepUpRequired(accepts));

        OtpAuthenticator[] left = [.. Otp.Where(known => known.Method != method)];
        Account without = this with
        {
            Otp = left,
            RecoveryCodes = left.Length == 0 ? [] : RecoveryCodes,
        };
        if (SecondFactorSet.WouldRemoveLast(without, context.Rules))
            return new(this, new RemoveOtpResult.LastFactor());

        return WithNewSecrets<RemoveOtpResult>(
            without
                .Recording(
                    AccountEventKind.SecondFactorRemoved,
                    context,
                    caller.Device,
                    method: method
                )
                .WithMail(
                    MailKind.SecondFactorRemoved,
                    Email!,
                    context,
                    caller.Device,
                    method: method
                ),
            SessionEndReason.FactorChanged,
            caller,
            tokens => new RemoveOtpResult.Removed(tokens),
            context
        );
    }

    /// <summary>Notifies the owner of many consecutive wrong codes.</summary>
    /// <param name="device">The device of the last attempt.</param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision NotifyWrongCodes(ClientDevice device, AccountContext context) =>
        new(this)
        {
            Next = Email is null ? null : WithMail(MailKind.WrongCodes, Email, context, device),
        };

    /// <summary>Adds an authenticator, or replaces the one of the same second factor.</summary>
    internal Account WithOtp(OtpAuthenticator authenticator) =>
        this with
        {
            Otp = [.. Otp.Where(known => known.Method != authenticator.Method), authenticator],
        };
}
