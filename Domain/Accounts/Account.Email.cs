using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The email: verified, changed.</remarks>
public sealed partial record Account
{
    private const string StartedOver = "started-over";

    /// <summary>Sends the mail again by which the email is verified.</summary>
    public Decision<SendVerificationResult> SendVerification(Caller caller, AccountContext context)
    {
        if (IsSignedOut(caller))
            return new(this, new SendVerificationResult.SignedOut());
        if (FinishedBy(caller.Operation) is not null)
            return new(this, new SendVerificationResult.Sent());
        return IsVerified
            ? new(this, new SendVerificationResult.AlreadyVerified())
            : new(this, new SendVerificationResult.Sent())
            {
                Budget = new(MailKind.VerifyAddress, Email!),
                Next = WithMail(MailKind.VerifyAddress, Email!, context, caller.Device)
                    .WithFinished(caller.Operation, context.Now),
            };
    }

    /// <summary>What settles a verification before a password is looked at; null when it goes on.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="operation">The operation's id; null where no call is repeated.</param>
    /// <param name="context">The context.</param>
    public Decision<ConfirmVerificationResult>? BeforeConfirmingVerification(
        Secret token,
        OperationId? operation,
        AccountContext context
    )
    {
        if (Email is not null && FinishedBy(operation) is { } done)
            return new(
                this,
                new ConfirmVerificationResult.Verified(
                    Email,
                    done.Result == StartedOver,
                    Already: false
                )
            )
            {
                Finishing = Finishing.Required,
            };
        if (Email is null || LinkOf(MailKind.VerifyAddress, token, context) is null)
            return new(this, new ConfirmVerificationResult.LinkRefused());
        // By this link or in another way since: whoever holds it is told that what it is for is so.
        return IsVerified
            ? new(
                this,
                new ConfirmVerificationResult.Verified(
                    Email,
                    StartedOver: PasswordHash is null,
                    Already: true
                )
            )
            : null;
    }

    /// <summary>
    /// Takes the proof that the email is its owner's. The first proof, by somebody who neither holds a session of the
    /// account nor knows its password, starts the account over, where that is asked for: it removes every session and the
    /// password, since whoever made the account may not have been the email's owner.
    /// </summary>
    /// <param name="token">The link's token.</param>
    /// <param name="isTheirs">
    /// Whether the link was opened in a live session of this account, or with its password; null for a wrong password.
    /// </param>
    /// <param name="startOver">Whether the account is to be started over where it is not.</param>
    /// <param name="device">The device of the session that asks; null without one.</param>
    /// <param name="operation">The operation's id; null where no call is repeated.</param>
    /// <param name="context">The context.</param>
    public Decision<ConfirmVerificationResult> ConfirmVerification(
        Secret token,
        bool? isTheirs,
        bool startOver,
        ClientDevice? device,
        OperationId? operation,
        AccountContext context
    )
    {
        if (BeforeConfirmingVerification(token, operation, context) is { } settled)
            return settled;
        if (isTheirs is not { } theirs)
            return new(this, new ConfirmVerificationResult.WrongPassword());
        if (!theirs && !startOver)
            return new(this, new ConfirmVerificationResult.StartOverNeeded());

        Account verified = Recording(AccountEventKind.AddressVerified, context, device) with
        {
            EmailVerifiedAt = context.Now,
        };
        return new(
            this,
            new ConfirmVerificationResult.Verified(Email!, StartedOver: !theirs, Already: false)
        )
        {
            Next = theirs
                ? verified.WithFinished(operation, context.Now)
                : verified
                    .WithNothingFromBefore()
                    .WithMail(MailKind.StartedOver, Email!, context)
                    .WithSecretsChanged(SessionEndReason.AddressProved, keeps: null, device: null)
                    .WithFinished(operation, context.Now, StartedOver),
            Finishing = theirs ? Finishing.Later : Finishing.Required,
        };
    }

    /// <summary>Sends a mail to a new email, by which the change is confirmed. Whether it is taken is not told.</summary>
    /// <param name="caller">The session that asks.</param>
    /// <param name="email">The new email, canonical.</param>
    /// <param name="context">The context.</param>
    public Decision<ChangeEmailResult> ChangeEmail(
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
        if (email == Email || AskingForMail(MailKind.ConfirmNewAddress, context) is not { } counted)
            return new(this, new ChangeEmailResult.Asked());

        Account asked = counted.Recording(
            AccountEventKind.AddressChangeRequested,
            context,
            caller.Device,
            email
        ) with
        {
            NewEmail = email,
            Links = [.. Links.Where(link => link.Kind != MailKind.ConfirmNewAddress)],
        };
        return new(this, new ChangeEmailResult.Asked())
        {
            Budget = new(MailKind.ConfirmNewAddress, email),
            Next = asked
                .WithMail(MailKind.ConfirmNewAddress, email, context, caller.Device)
                .WithFinished(caller.Operation, context.Now),
        };
    }

    /// <summary>What settles the confirmation of a new email before it is claimed; null when it goes on.</summary>
    public Decision<ConfirmEmailChangeResult>? BeforeConfirmingEmailChange(
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
        return NewEmail is null || LinkOf(MailKind.ConfirmNewAddress, token, context) is null
            ? new(this, new ConfirmEmailChangeResult.LinkRefused())
            : null;
    }

    /// <summary>Changes the email to the new one, which is claimed for this account. The old one is notified.</summary>
    public Decision<ConfirmEmailChangeResult> ConfirmEmailChange(
        Secret token,
        OperationId? operation,
        AccountContext context
    )
    {
        if (BeforeConfirmingEmailChange(token, operation, context) is { } settled)
            return settled;

        string email = NewEmail!;
        Account next = Recording(AccountEventKind.AddressChanged, context, detail: email) with
        {
            Email = email,
            EmailVerifiedAt = context.Now,
            NewEmail = null,
            Links = [],
            Stamp = Stamp + 1,
            Releasing = [.. Releasing, Email!],
        };
        // Whoever has the old email is notified, unless nobody has ever proved to have it.
        if (IsVerified)
            next = next.WithMail(MailKind.AddressChanged, Email!, context, detail: email);
        return new(this, new ConfirmEmailChangeResult.Changed(email))
        {
            Next = next.WithMail(MailKind.AddressChanged, email, context, detail: email)
                .WithFinished(operation, context.Now),
            Finishing = Finishing.Attempted,
        };
    }

    /// <summary>Notifies the owner that somebody tried to register with this email.</summary>
    public Decision NotifyRegistrationAttempt(AccountContext context)
    {
        if (Email is null)
            return new(this);

        MailKind kind = IsVerified ? MailKind.RegistrationTried : MailKind.VerifyAddress;
        return new(this) { Budget = new(kind, Email), Next = WithMail(kind, Email, context) };
    }

    // Whoever made the account before the email was proved may not have been its owner. A second factor stays: it can
    // only have come with an import, since one is added to a verified email alone, and a mailbox is not to be enough
    // where it was asked for.
    private Account WithNothingFromBefore() =>
        this with
        {
            PasswordHash = null,
            NewEmail = null,
            Links = LinksOf(MailKind.VerifyAddress),
        };

    private MailedLink? LinkOf(MailKind kind, Secret token, AccountContext context)
    {
        string email = kind == MailKind.ConfirmNewAddress ? NewEmail! : Email!;
        return Links.FirstOrDefault(link =>
            link.Kind == kind
            && link.Address == email
            && context.Now < link.ExpiresAt
            && context.Secrets.IsLinkToken(token, context.Id, kind, link.Address, link.Nonce)
        );
    }

    private IReadOnlyList<MailedLink> LinksOf(MailKind kind) =>
        [.. Links.Where(link => link.Kind == kind)];
}
