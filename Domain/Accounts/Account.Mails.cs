namespace SessionAuth.Domain.Accounts;

/// <remarks>The mails of an account: asked for, sent, given up.</remarks>
public sealed partial record Account
{
    private const int NotifiedAtOnce = 2;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_notifiedAgainAfter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_linkIsMailedAgainWithin = TimeSpan.FromMinutes(20);

    // Whoever has not kept them makes them again.
    private static readonly TimeSpan s_codesAreNotifiedAfter = TimeSpan.FromMinutes(2);

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

    /// <summary>The mails that are due, and not in the given list of those that are being sent.</summary>
    public IReadOnlyList<WaitingMail> DueMails(
        DateTimeOffset now,
        Func<string, bool> isBeingSent
    ) => [.. Outbox.Where(mail => mail.NextTryAt <= now && !isBeingSent(mail.Id))];

    /// <summary>What a try to send a mail comes to; the mail is gone when it was sent or is given up.</summary>
    /// <param name="id">The mail.</param>
    /// <param name="wasSent">Whether the server has taken it.</param>
    /// <param name="mayRetry">Whether the server may take it later.</param>
    /// <param name="context">The context.</param>
    /// <returns>False when the mail was given up.</returns>
    public Decision<bool> MailTried(string id, bool wasSent, bool mayRetry, AccountContext context)
    {
        if (Outbox.FirstOrDefault(waiting => waiting.Id == id) is not { } mail)
            return new(this, true);

        mayRetry = mayRetry && mail.Tries < s_pauses.Length;
        DateTimeOffset nextTryAt = mayRetry ? context.Now + s_pauses[mail.Tries] : context.Now;
        bool isUseful =
            mail.Link is not { } nonce
            || Links.Any(link => link.Nonce == nonce && nextTryAt < link.ExpiresAt);
        bool retries = mayRetry && isUseful;
        WaitingMail[] again = retries
            ? [mail with { Tries = mail.Tries + 1, NextTryAt = nextTryAt }]
            : [];
        return new(this, wasSent || retries)
        {
            Next = this with
            {
                Outbox =
                [
                    .. Outbox.SelectMany(waiting => waiting.Id == mail.Id ? again : [waiting]),
                ],
            },
        };
    }

    /// <summary>
    /// The account with a mail more, and with the link that it brings. What notifies of a change goes to nobody who has
    /// not verified the email, and is gathered with others of its kind when there are many.
    /// </summary>
    internal Account WithMail(
        MailKind kind,
        string to,
        AccountContext context,
        ClientDevice? device = null,
        string? detail = null
    )
    {
        DateTimeOffset now = context.Now;
        if (kind.LinkLifetime is { } lifetime)
            return WithLink(
                new(kind, context.NewNonce(), to, now + lifetime),
                new(context.NewNonce(), kind, to, now, now, device, detail)
            );
        return IsVerified
            ? Notifying(new(context.NewNonce(), kind, to, now, now, device, detail), now)
            : this;
    }

    // The link that was mailed last, while that is good for long enough, so that all mails of a while lead to the same.
    private Account WithReset(string to, AccountContext context)
    {
        DateTimeOffset now = context.Now;
        MailedLink? last = Links.LastOrDefault(link =>
            link.Kind == MailKind.ResetPassword
            && link.Address == to
            && link.ExpiresAt - now >= s_linkIsMailedAgainWithin
        );
        return last is null
            ? WithMail(MailKind.ResetPassword, to, context)
            : WithLink(last, new(context.NewNonce(), MailKind.ResetPassword, to, now, now));
    }

    private Account WithLink(MailedLink link, WaitingMail mail) =>
        this with
        {
            Outbox = [.. Outbox, mail with { Link = link.Nonce }],
            Links =
            [
                .. Links.Where(known => mail.CreatedAt < known.ExpiresAt && known != link),
                link,
            ],
        };

    // The first two of a kind within the hour go at once; what follows waits, for a quarter of an hour, and becomes one
    // mail. So whoever makes change after change fills no mailbox, and nobody misses a change.
    private Account Notifying(WaitingMail mail, DateTimeOffset now)
    {
        // What is due may be on its way already.
        if (
            Outbox.FirstOrDefault(waiting =>
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
            return this with
            {
                Outbox = [.. Outbox.Select(waiting => waiting == earlier ? both : waiting)],
            };
        }

        AskedMail[] recent = [.. AskedMails.Where(asked => now - asked.At < s_hour)];
        DateTimeOffset[] notified =
        [
            .. recent.Where(asked => asked.Kind == mail.Kind).Select(asked => asked.At),
        ];
        DateTimeOffset at =
            mail.Kind == MailKind.RecoveryCodesMade ? now + s_codesAreNotifiedAfter : now;
        if (
            notified.Length >= NotifiedAtOnce
            && notified.Max() + s_notifiedAgainAfter is var later
            && later > at
        )
            at = later;
        return this with
        {
            Outbox = [.. Outbox, mail with { NextTryAt = at }],
            AskedMails = [.. recent, new(mail.Kind, at)],
        };
    }

    // Null when as many as allowed were asked for within the hour.
    private Account? AskingForMail(MailKind kind, AccountContext context)
    {
        AskedMail[] recent = [.. AskedMails.Where(asked => context.Now - asked.At < s_hour)];
        return recent.Count(asked => asked.Kind == kind) >= context.Rules.MailsPerHour
            ? null
            : this with
            {
                AskedMails = [.. recent, new(kind, context.Now)],
            };
    }
}
