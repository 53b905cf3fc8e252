namespace SessionAuth.Domain.Accounts;

/// <summary>The links in emails.</summary>
public static class MailLinks
{
    extension(MailKind kind)
    {
        /// <summary>How long the link in an email of this kind is valid; null for a kind without a link.</summary>
        public TimeSpan? LinkLifetime =>
            kind is MailKind.VerifyEmail or MailKind.ConfirmNewEmail ? TimeSpan.FromHours(24)
            : kind is MailKind.ResetPassword ? TimeSpan.FromMinutes(30)
            : null;
    }
}
