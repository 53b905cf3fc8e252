using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The email and its verification.</remarks>
public sealed partial record Account
{
    private const string StartedOver = "started-over";

    /// <summary>Sends the verification email again.</summary>
    public AccountDecision<SendVerificationResult> SendVerification(
        Caller caller,
        AccountContext context
    )
    {
        if (IsSignedOut(caller))
            return new(this, new SendVerificationResult.SignedOut());
        if (FinishedBy(caller.Operation) is not null)
            return new(this, new SendVerificationResult.Sent());
        return IsVerified
            ? new(this, new SendVerificationResult.AlreadyVerified())
            : new(this, new SendVerificationResult.Sent())
            {
                Budget = new(MailKind.VerifyEmail, Email!),
                Next = WithMail(MailKind.VerifyEmail, Email!, context, caller.Device)
                    .WithFinished(caller.Operation, context.Now),
            };
    }

    /// <summary>
    /// Verifies the email by the link that was sent to it. If the link was opened without a session of the account and
    /// without its password, verification requires starting the account over, which removes all sessions and the
    /// password: the account may have been registered by somebody other than the email's owner (pre-hijacking).
    /// </summary>
    /// <param name="opened">The link token, and what else the caller presented.</param>
    /// <param name="password">The result of the password verification; null before it.</param>
    /// <param name="context">The time, settings and keys.</param>
    /// <returns>Null when the password has to be verified first, or again.</returns>
    public AccountDecision<ConfirmVerificationResult>? ConfirmVerification(
        OpenedVerification opened,
        PasswordTicket? password,
        AccountContext context
    )
    {
        if (Email is not null && FinishedBy(opened.Operation) is { } done)
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
        if (Email is null || LinkOf(MailKind.VerifyEmail, opened.Token, context) is null)
            return new(this, new ConfirmVerificationResult.LinkRefused());
        // The email is verified already, by this link or otherwise. The link's holder may know that.
        if (IsVerified)
            return new(
                this,
                new ConfirmVerificationResult.Verified(
                    Email,
                    StartedOver: PasswordHash is null,
                    Already: true
                )
            );
        if (!opened.HasSession && opened.HasPassword && password?.IsFor(this) is not true)
            return null;

        bool theirs = opened.HasSession || password is { IsRight: true };
        if (!theirs && opened.HasPassword)
            return new(this, new ConfirmVerificationResult.WrongPassword());
        if (!theirs && !opened.StartOver)
            return new(this, new ConfirmVerificationResult.StartOverNeeded());

        Account verified = Recording(AccountEventKind.EmailVerified, context, opened.Device) with
        {
            EmailVerifiedAt = context.Now,
        };
        return new(
            this,
            new ConfirmVerificationResult.Verified(Email!, StartedOver: !theirs, Already: false)
        )
        {
            Next = theirs
                ? verified.WithFinished(opened.Operation, context.Now)
                : verified
                    .WithoutUnverifiedState()
                    .WithMail(MailKind.StartedOver, Email!, context)
                    .WithSecretsChanged(SessionEndReason.EmailVerified, keeps: null, device: null)
                    .WithFinished(opened.Operation, context.Now, StartedOver),
            Finishing = theirs ? Finishing.Later : Finishing.Required,
        };
    }

    /// <summary>Notifies the owner of an attempt to register with this email.</summary>
    public AccountDecision NotifyRegistrationAttempt(AccountContext context)
    {
        if (Email is null)
            return new(this);

        MailKind kind = IsVerified ? MailKind.RegistrationTried : MailKind.VerifyEmail;
        return new(this) { Budget = new(kind, Email), Next = WithMail(kind, Email, context) };
    }

    // The account may have been registered by somebody other than the email's owner (pre-hijacking). A second factor is
    // kept: it can only stem from an import, since adding one requires a verified email, and access to the mailbox
    // alone must not bypass it.
    private Account WithoutUnverifiedState() =>
        this with
        {
            PasswordHash = null,
            NewEmail = null,
            Links = LinksOf(MailKind.VerifyEmail),
        };

    private MailedLink? LinkOf(MailKind kind, Secret token, AccountContext context)
    {
        string email = kind == MailKind.ConfirmNewEmail ? NewEmail! : Email!;
        return Links.FirstOrDefault(link =>
            link.Kind == kind
            && link.Email == email
            && context.Now < link.ExpiresAt
            && context.Secrets.IsLinkToken(token, context.Id, kind, link.Email, link.Nonce)
        );
    }

    private IReadOnlyList<MailedLink> LinksOf(MailKind kind) =>
        [.. Links.Where(link => link.Kind == kind)];
}
