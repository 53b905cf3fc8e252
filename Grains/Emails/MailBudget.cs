using SessionAuth.Domain.Accounts;

namespace SessionAuth.Grains.Emails;

/// <summary>
/// How many mails of those that a stranger can ask for go to one address: at most 14 an hour, in three shares. What tells
/// an owner of a change is not counted here: it is gathered into fewer mails, and never left out.
/// </summary>
internal static class MailBudget
{
    /// <summary>For how long a mail counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    // A link to reset a password is good for half an hour. Whoever asks again and again has it mailed at this pace, and
    // never keeps the owner from having a link that works: at most five an hour.
    private static readonly TimeSpan s_secondResetAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_furtherResetAfter = TimeSpan.FromMinutes(15);

    private enum Share
    {
        Verification,
        NewAddress,
        Reset,
    }

    /// <summary>Whether one more may be sent.</summary>
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
            Share.NewAddress => inTheHour < 3 && inTheDay < 10,
            Share.Reset => inTheHour == 0
                || now - times.Max() >= (inTheHour == 1 ? s_secondResetAfter : s_furtherResetAfter),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such share."),
        };
    }

    /// <summary>The mails with one more, and without those that count no longer.</summary>
    public static IReadOnlyList<CountedMail> With(
        this IReadOnlyList<CountedMail> counted,
        MailKind kind,
        DateTimeOffset now,
        Guid mail = default
    ) => [.. counted.StillCounting(now), new(kind, now, mail)];

    /// <summary>The mails that still count.</summary>
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
            MailKind.VerifyAddress or MailKind.RegistrationTried => Share.Verification,
            MailKind.ConfirmNewAddress => Share.NewAddress,
            MailKind.ResetPassword => Share.Reset,
            _ => throw new ArgumentOutOfRangeException(
                nameof(kind),
                kind,
                "Nobody can ask for such a mail."
            ),
        };
}
