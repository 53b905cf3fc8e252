using System.Buffers.Text;
using System.Security.Cryptography;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Grains.Users;

/// <summary>The mails of a user: asked for, sent, given up.</summary>
internal static class UserMails
{
    private const int NonceBytes = 16;
    private const int ToldAtOnce = 2;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_toldAgainAfter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_linkIsMailedAgainWithin = TimeSpan.FromMinutes(20);

    // Who has not kept them makes them again.
    private static readonly TimeSpan s_codesAreToldAfter = TimeSpan.FromMinutes(2);

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

    /// <summary>
    /// The user with a mail more, and with the link that it will bring. What tells of a change goes to nobody who has not
    /// proved the address, and is gathered with others of its kind when there are many.
    /// </summary>
    public static UserState WithMail(
        this UserState user,
        MailKind kind,
        string to,
        DateTimeOffset now,
        ClientDevice? device = null,
        string? detail = null
    )
    {
        if (kind.LinkLifetime() is { } lifetime)
            return user.WithLink(
                new(kind, NewNonce(), to, now + lifetime),
                new(NewNonce(), kind, to, now, now, device, detail)
            );
        return user.EmailVerifiedAt is null
            ? user
            : user.Telling(new(NewNonce(), kind, to, now, now, device, detail), now);
    }

    /// <summary>
    /// The user with one more mail that brings the link to reset the password: the one that was mailed last, while that is
    /// good for long enough, so that all mails of a while lead to the same.
    /// </summary>
    public static UserState WithReset(this UserState user, string to, DateTimeOffset now)
    {
        MailedLink? last = user.Links.LastOrDefault(link =>
            link.Kind == MailKind.ResetPassword
            && link.Address == to
            && link.ExpiresAt - now >= s_linkIsMailedAgainWithin
        );
        return last is null
            ? user.WithMail(MailKind.ResetPassword, to, now)
            : user.WithLink(last, new(NewNonce(), MailKind.ResetPassword, to, now, now));
    }

    private static UserState WithLink(this UserState user, MailedLink link, WaitingMail mail) =>
        user with
        {
            Outbox = [.. user.Outbox, mail with { Link = link.Nonce }],
            Links =
            [
                .. user.Links.Where(known => mail.CreatedAt < known.ExpiresAt && known != link),
                link,
            ],
        };

    // The first two of a kind within the hour go at once; what follows waits, for a quarter of an hour, and becomes one
    // mail. So whoever makes change after change fills no mailbox, and no change goes untold.
    private static UserState Telling(this UserState user, WaitingMail mail, DateTimeOffset now)
    {
        // What is due may be on its way already.
        if (
            user.Outbox.FirstOrDefault(waiting =>
                waiting.Kind == mail.Kind && waiting.To == mail.To && waiting.NextTryAt > now
            ) is
            { } earlier
        )
        {
            WaitingMail both = mail with
            {
                NextTryAt = earlier.NextTryAt,
                Count = earlier.Count + 1,
            };
            return user with
            {
                Outbox = [.. user.Outbox.Select(waiting => waiting == earlier ? both : waiting)],
            };
        }

        AskedMail[] recent = [.. user.AskedMails.Where(told => now - told.At < s_hour)];
        DateTimeOffset[] told =
        [
            .. recent.Where(told => told.Kind == mail.Kind).Select(told => told.At),
        ];
        DateTimeOffset at =
            mail.Kind == MailKind.RecoveryCodesMade ? now + s_codesAreToldAfter : now;
        if (told.Length >= ToldAtOnce && told.Max() + s_toldAgainAfter is var later && later > at)
            at = later;
        return user with
        {
            Outbox = [.. user.Outbox, mail with { NextTryAt = at }],
            AskedMails = [.. recent, new(mail.Kind, at)],
        };
    }

    private static string NewNonce() =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));

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
        AskedMail[] recent = [.. user.AskedMails.Where(asked => now - asked.At < s_hour)];
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
        bool useful =
            mail.Link is not { } nonce
            || user.Links.Any(link => link.Nonce == nonce && nextTryAt < link.ExpiresAt);
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
