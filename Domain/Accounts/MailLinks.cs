namespace SessionAuth.Domain.Accounts;

/// <summary>The links that mails bring.</summary>
public static class MailLinks
{
    extension(MailKind kind)
    {
        /// <summary>For how long the link in a mail of this kind is good; null for a mail without one.</summary>
        public TimeSpan? LinkLifetime =>
            kind is MailKind.VerifyAddress or MailKind.ConfirmNewAddress ? TimeSpan.FromHours(24)
            : kind is MailKind.ResetPassword ? TimeSpan.FromMinutes(30)
            : null;
    }
}
