using System.Buffers.Text;
using System.Security.Cryptography;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Users;

/// <summary>The mails of a user: asked for, sent, given up.</summary>
internal static class UserMails
{
    private const int NonceBytes = 16;

    // A server that is away for a while costs nothing but time; one that is away for a day costs the mail.
    private static readonly TimeSpan[] s_pauses =
    [
        TimeSpan.FromSeconds(15),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(8),
    ];

    /// <summary>For how long the link in a mail is good; null for a mail without one.</summary>
    public static TimeSpan? LinkLifetime(this MailKind kind) =>
        kind switch
        {
            MailKind.VerifyAddress or MailKind.ConfirmNewAddress => TimeSpan.FromHours(24),
            MailKind.ResetPassword => TimeSpan.FromMinutes(30),
            _ => null,
        };

    /// <summary>The user with a mail more, and with the link that it will bring.</summary>
    public static UserState WithMail(
        this UserState user,
        MailKind kind,
        string to,
        DateTimeOffset now,
        ClientDevice? device = null,
        string? detail = null
    )
    {
        string id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        UserState next = user with
        {
            Outbox = [.. user.Outbox, new(id, kind, to, now, NextTryAt: now, device, detail)],
        };
        return kind.LinkLifetime() is { } lifetime
            ? next with
            {
                Links =
                [
                    .. user.Links.Where(link => now < link.ExpiresAt),
                    new(kind, id, to, now + lifetime),
                ],
            }
            : next;
    }

    /// <summary>
    /// The user with such a mail counted as asked for; null when as many as allowed were asked for within the hour.
    /// </summary>
    public static UserState? AskingForMail(
        this UserState user,
        MailKind kind,
        int mostInAnHour,
        DateTimeOffset now
    )
    {
        AskedMail[] recent =
        [
            .. user.AskedMails.Where(asked => now - asked.At < TimeSpan.FromHours(1)),
        ];
        return recent.Count(asked => asked.Kind == kind) >= mostInAnHour
            ? null
            : user with
            {
                AskedMails = [.. recent, new(kind, now)],
            };
    }

    /// <summary>The user after a try to send a mail; the mail is gone when it was sent or is given up.</summary>
    public static (UserState Next, bool GivenUp) AfterTry(
        this UserState user,
        WaitingMail mail,
        MailOutcome outcome,
        DateTimeOffset now
    )
    {
        bool again = outcome == MailOutcome.TryLater && mail.Tries < s_pauses.Length;
        DateTimeOffset nextTryAt = again ? now + s_pauses[mail.Tries] : now;
        bool useful = mail.Kind.LinkLifetime() is not { } life || nextTryAt < mail.CreatedAt + life;
        UserState next = user with
        {
            Outbox =
            [
                .. user.Outbox.SelectMany(waiting =>
                    waiting.Id != mail.Id ? [waiting]
                    : again && useful
                        ? [waiting with { Tries = waiting.Tries + 1, NextTryAt = nextTryAt }]
                    : Array.Empty<WaitingMail>()
                ),
            ],
        };
        return (next, outcome != MailOutcome.Sent && !(again && useful));
    }
}
