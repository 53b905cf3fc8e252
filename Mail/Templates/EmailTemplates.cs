using SessionAuth.Domain.Accounts;
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
        "If it was not you, do nothing: without the link, nothing changes.";

    /// <summary>The words for an email of this kind.</summary>
    /// <param name="mail">The email.</param>
    /// <param name="origin">The origin of the pages.</param>
    public static EmailTemplates For(OutgoingMail mail, string origin)
    {
        string forgot = $"{origin}/forgot";
        string notYours =
            $"If it was not you, somebody else can use your account. Set a new password at once, at {forgot}, which also "
            + "ends all sessions, and look at your ways to sign in.";

        return mail.Kind switch
        {
            MailKind.VerifyAddress => new(
                "Verify your e-mail address",
                $"An account was made with this address at {origin}. To show that the address is yours, open this link:",
                "If it was not you, do not open the link: nobody can take your address for theirs without it.",
                "/verify-address"
            ),
            MailKind.ConfirmNewAddress => new(
                "Confirm your new e-mail address",
                $"This address is to become that of an account at {origin}. To confirm it, open this link:",
                NothingWithoutIt,
                "/new-address"
            ),
            MailKind.ResetPassword => new(
                "Reset your password",
                $"Somebody asked to reset the password of your account at {origin}. To choose a new one, open this link:",
                NothingWithoutIt,
                "/reset"
            ),
            MailKind.RegistrationTried => new(
                "You have an account already",
                $"Somebody tried to make an account with this address at {origin}. There is one already, and it was not "
                    + $"changed. If it was you, sign in at {origin}/login, or set a new password at {forgot}.",
                "If it was not you, there is nothing to do."
            ),
            MailKind.AddressChanged when mail.To == mail.Detail => new(
                "Your e-mail address was changed",
                $"This is now the address of your account at {origin}.",
                notYours
            ),
            MailKind.AddressChanged => new(
                "Your e-mail address was changed",
                $"The address of your account at {origin} was changed. Mails go to the new one from now on, and this "
                    + "address opens the account no more.",
                "If it was not you, somebody else has taken your account over: turn to whoever runs the site."
            ),
            MailKind.PasswordChanged => new(
                "Your password was changed",
                $"The password of your account at {origin} was changed, and all other sessions were ended.",
                notYours
            ),
            MailKind.TotpAdded => new(
                "An authenticator app was added",
                $"An authenticator app was added to your account at {origin}. Signing in asks for its codes from now on.",
                notYours
            ),
            MailKind.TotpRemoved => new(
                "The authenticator app was removed",
                $"The authenticator app was removed from your account at {origin}. Signing in asks for its codes no more.",
                notYours
            ),
            MailKind.RecoveryCodesMade => new(
                "New recovery codes were made",
                $"New recovery codes were made for your account at {origin}. The old ones are void.",
                notYours
            ),
            MailKind.RecoveryCodeUsed => new(
                "A recovery code was used",
                $"Somebody signed in to your account at {origin} with a recovery code. Each works once.",
                notYours
            ),
            MailKind.WrongCodes => new(
                "Wrong codes for your account",
                $"Somebody who knows the password of your account at {origin} has entered wrong codes many times in a row. "
                    + "They have not got in.",
                $"If it was not you, set a new password at {forgot}: the one that you have is known to somebody else."
            ),
            MailKind.PasskeyAdded => new(
                "A passkey was added",
                $"A passkey was added to your account at {origin}. It signs in without the password.",
                notYours
            ),
            MailKind.PasskeyRemoved => new(
                "A passkey was removed",
                $"A passkey was removed from your account at {origin}. It signs in no more.",
                notYours
            ),
            MailKind.AccountDeleted => new(
                "Your account was deleted",
                $"Your account at {origin} was deleted, and all that was kept with it.",
                "If it was not you, turn to whoever runs the site."
            ),
            MailKind.StartedOver => new(
                "Your account was started over",
                $"Somebody opened the link that verifies this address, without the password of the account at {origin}, and "
                    + $"had it started over: its password was removed, and its sessions were ended. Choose a new one at {forgot}.",
                "If it was not you, somebody else can read your mail: see to that first."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(mail), mail.Kind, "No such mail."),
        };
    }
}
