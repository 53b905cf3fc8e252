using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Domain.Accounts;

/// <remarks>Email change: requested in a session, and confirmed by a link sent to the new email.</remarks>
public sealed partial record Account
{
    /// <summary>
    /// Sends a confirmation link to the new email. The result does not reveal whether the email is taken (user
    /// enumeration).
    /// </summary>
    /// <param name="caller">The session that makes the request.</param>
    /// <param name="email">The new canonical email.</param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision<ChangeEmailResult> ChangeEmail(
        Caller caller,
        string email,
        AccountContext context
    )
    {
        if (FinishedBy(caller.Operation) is not null)
            return new(this, new ChangeEmailResult.Asked());
        if (IsSignedOut(caller))
            return new(this, new ChangeEmailResult.SignedOut());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new ChangeEmailResult.StepUpRequired(accepts));
        if (email == Email || AskingForMail(MailKind.ConfirmNewEmail, context) is not { } counted)
            return new(this, new ChangeEmailResult.Asked());

        Account asked = counted.Recording(
            AccountEventKind.EmailChangeRequested,
            context,
            caller.Device,
            email
        ) with
        {
            NewEmail = email,
            Links = [.. Links.Where(link => link.Kind != MailKind.ConfirmNewEmail)],
        };
        return new(this, new ChangeEmailResult.Asked())
        {
            Budget = new(MailKind.ConfirmNewEmail, email),
            Next = asked
                .WithMail(MailKind.ConfirmNewEmail, email, context, caller.Device)
                .WithFinished(caller.Operation, context.Now),
        };
    }

    /// <summary>Checks an email change before the new email is claimed; null if it may proceed.</summary>
    public AccountDecision<ConfirmEmailChangeResult>? BeforeConfirmingEmailChange(
        Secret token,
        OperationId? operation,
        AccountContext context
    )
    {
        if (Email is not null && FinishedBy(operation) is not null)
            return new(this, new ConfirmEmailChangeResult.Changed(Email))
            {
                Finishing = Finishing.Attempted,
            };
        return NewEmail is null || LinkOf(MailKind.ConfirmNewEmail, token, context) is null
            ? new(this, new ConfirmEmailChangeResult.LinkRefused())
            : null;
    }

    /// <summary>
    /// Changes the email to the new one, which must have been claimed for this account. The old email is notified.
    /// </summary>
    public AccountDecision<ConfirmEmailChangeResult> ConfirmEmailChange(
        Secret token,
        OperationId? operation,
        AccountContext context
    )
    {
        if (BeforeConfirmingEmailChange(token, operation, context) is { } settled)
            return settled;

        string email = NewEmail!;
        Account next = Recording(AccountEventKind.EmailChanged, context, detail: email) with
        {
            Email = email,
            EmailVerifiedAt = context.Now,
            NewEmail = null,
            Links = [],
            Stamp = Stamp + 1,
            Releasing = [.. Releasing, Email!],
        };
        // The old email is notified only if it was verified: otherwise it may belong to somebody else.
        if (IsVerified)
            next = next.WithMail(MailKind.EmailChanged, Email!, context, detail: email);
        return new(this, new ConfirmEmailChangeResult.Changed(email))
        {
            Next = next.WithMail(MailKind.EmailChanged, email, context, detail: email)
                .WithFinished(operation, context.Now),
            Finishing = Finishing.Attempted,
        };
    }
}
