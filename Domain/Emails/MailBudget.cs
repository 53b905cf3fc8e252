using SessionAuth.Domain.Accounts;

namespace SessionAuth.Domain.Emails;

/// <summary>
/// Rate limits, per recipient, for messages that anyone can request: at most 14 an hour, in three groups. Notifications
/// of account changes are not limited here: they are coalesced and never dropped.
/// </summary>
internal static class MailBudget
{
    /// <summary>How long a message counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    // A password reset link is valid for half an hour. Repeated requests send it at this rate, at most five times an
    // hour: an attacker can neither flood the mailbox nor leave the owner without a valid link.
    private static readonly TimeSpan s_secondResetAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_furtherResetAfter = TimeSpan.FromMinutes(15);

    private enum Share
    {
        Verification,
        NewEmail,
        Reset,
    }

    /// <summary>Whether another message of this kind may be sent.</summary>
    public static bool Allows(
        this IReadOnlyList<CountedMail> counted,
        MailKind kind,
        DateTimeOffset now
    )
    {
        Share share = ShareOf(kind);
        DateTimeOffset[] times =
        [
            .. counted.Where(mail => ShareOf(mail.Kind) == share).Select(mail => mail.At),
        ];
        int inTheHour = times.Count(at => now - at < s_hour);
        int inTheDay = times.Count(at => now - at < Window);
        return share switch
        {
            Share.Verification => inTheHour < 6 && inTheDay < 20,
            Share.NewEmail => inTheHour < 3 && inTheDay < 10,
            Share.Reset => inTheHour == 0
                || now - times.Max() >= (inTheHour == 1 ? s_secondResetAfter : s_furtherResetAfter),
        };
    }

    /// <summary>Adds a message, and drops those that no longer count.</summary>
    public static IReadOnlyList<CountedMail> With(
        this IReadOnlyList<CountedMail> counted,
        MailKind kind,
        DateTimeOffset now,
        Guid mail = default
    ) => [.. counted.StillCounting(now), new(kind, now, mail)];

    /// <summary>The messages that still count.</summary>
    public static IEnumerable<CountedMail> StillCounting(
        this IReadOnlyList<CountedMail> counted,
        DateTimeOffset now
    ) =>
        counted.Where(mail =>
            now - mail.At < (ShareOf(mail.Kind) == Share.Reset ? s_hour : Window)
        );

    private static Share ShareOf(MailKind kind) =>
        kind switch
        {
            MailKind.VerifyEmail or MailKind.RegistrationTried => Share.Verification,
            MailKind.ConfirmNewEmail => Share.NewEmail,
            MailKind.ResetPassword => Share.Reset,
            MailKind.EmailChanged
            or MailKind.PasswordChanged
            or MailKind.SecondFactorAdded
            or MailKind.SecondFactorRemoved
            or MailKind.RecoveryCodesMade
            or MailKind.RecoveryCodeUsed
            or MailKind.WrongCodes
            or MailKind.PasskeyAdded
            or MailKind.PasskeyRemoved
            or MailKind.AccountDeleted
            or MailKind.StartedOver => throw new ArgumentOutOfRangeException(
                nameof(kind),
                kind,
                "Messages of this kind are not rate limited."
            ),
        };
}
