using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Mail.Templates;

/// <summary>The words of one email, before they are rendered as text or HTML.</summary>
/// <param name="Subject">The subject. It contains nothing that a person has typed.</param>
/// <param name="What">What has happened, or what is asked for.</param>
/// <param name="NotYou">What to do if the reader did not do it.</param>
/// <param name="LinkPath">The page that the link leads to; null for an email without a link.</param>
internal sealed record EmailTemplates(
    string Subject,
    string What,
    string NotYou,
    string? LinkPath = null
)
{
    private const string NothingWithoutIt =
        "If this wasn't you, ignore this email: nothing changes.";

    /// <summary>The words for an email of this kind.</summary>
    /// <param name="mail">The email.</param>
    /// <param name="origin">The origin of the pages.</param>
    public static EmailTemplates For(OutgoingMail mail, string origin)
    {
        string forgot = $"{origin}/forgot";
        string notYours =
            $"If this wasn't you, someone else can use your account. Reset your password now at {forgot}, which also "
            + "ends all sessions, and review your sign-in methods.";

        return mail.Kind switch
        {
            MailKind.VerifyEmail => new(
                "Verify your email",
                $"An account was created with this email at {origin}. To confirm that the email is yours, open this link:",
                "If this wasn't you, ignore this email: without the link, nobody can verify your email.",
                "/verify-email"
            ),
            MailKind.ConfirmNewEmail => new(
                "Confirm your new email",
                $"An account at {origin} is to use this email. To confirm it, open this link:",
                NothingWithoutIt,
                "/new-email"
            ),
            MailKind.ResetPassword => new(
                "Reset your password",
                $"A password reset was requested for your account at {origin}. To choose a new password, open this link:",
                NothingWithoutIt,
                "/reset"
            ),
            MailKind.RegistrationTried => new(
                "You already have an account",
                $"Someone tried to register with this email at {origin}. You already have an account there, and it was not "
                    + $"changed. If this was you, sign in at {origin}/login, or reset your password at {forgot}.",
                "If this wasn't you, you can ignore this email."
            ),
            MailKind.EmailChanged when mail.To == mail.Detail => new(
                "Your email was changed",
                $"This is now the email of your account at {origin}.",
                notYours
            ),
            MailKind.EmailChanged => new(
                "Your email was changed",
                $"The email of your account at {origin} was changed. You can no longer sign in with this one, and emails "
                    + "go to the new one.",
                "If this wasn't you, someone else has taken over your account: contact the administrator of the site."
            ),
            MailKind.PasswordChanged => new(
                "Your password was changed",
                $"The password of your account at {origin} was changed, and all other sessions were ended.",
                notYours
            ),
            MailKind.SecondFactorAdded => new(
                $"{Name(mail.Method)} added",
                $"{A(mail.Method)} was added to your account at {origin}. You will be asked for a code when you sign in.",
                notYours
            ),
            MailKind.SecondFactorRemoved => new(
                $"{Name(mail.Method)} removed",
                $"{The(mail.Method)} was removed from your account at {origin}. You will no longer be asked for a code when you sign in.",
                notYours
            ),
            MailKind.RecoveryCodesMade => new(
                "New recovery codes created",
                $"New recovery codes were created for your account at {origin}. The old ones no longer work.",
                notYours
            ),
            MailKind.RecoveryCodeUsed => new(
                "Recovery code used",
                $"A recovery code was used to sign in to your account at {origin}. Each code works once.",
                notYours
            ),
            MailKind.WrongCodes => new(
                "Failed sign-in attempts",
                $"Someone entered the correct password of your account at {origin}, and then wrong codes many times in a row. "
                    + "They were not signed in.",
                $"If this wasn't you, reset your password at {forgot}: someone else knows it."
            ),
            MailKind.PasskeyAdded => new(
                "Passkey added",
                $"A passkey was added to your account at {origin}. It signs you in without a password.",
                notYours
            ),
            MailKind.PasskeyRemoved => new(
                "Passkey removed",
                $"A passkey was removed from your account at {origin}. You can no longer sign in with it.",
                notYours
            ),
            MailKind.AccountDeleted => new(
                "Your account was deleted",
                $"Your account at {origin} and its data were deleted.",
                "If this wasn't you, contact the administrator of the site."
            ),
            MailKind.StartedOver => new(
                "Your account was taken over by email",
                $"The account with this email at {origin} was taken over with the link that verifies the email, without its "
                    + $"password: the password was removed, and all sessions were ended. Choose a new password at {forgot}.",
                "If this wasn't you, someone else can read your email: secure it first."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(mail), mail.Kind, "No such mail."),
        };
    }

    private static string Name(AuthenticationMethod? factor) => Named(factor).Name;

    private static string A(AuthenticationMethod? factor) => Named(factor).A;

    private static string The(AuthenticationMethod? factor) => Named(factor).The;

    private static (string Name, string A, string The) Named(AuthenticationMethod? factor) =>
        factor switch
        {
            AuthenticationMethod.Totp => (
                "Authenticator app",
                "An authenticator app",
                "The authenticator app"
            ),
            AuthenticationMethod.Password
            or AuthenticationMethod.RecoveryCode
            or AuthenticationMethod.Passkey
            or null => throw new ArgumentOutOfRangeException(
                nameof(factor),
                factor,
                "No mail names it."
            ),
        };
}
