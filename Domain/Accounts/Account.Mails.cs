using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The outbox of an account.</remarks>
public sealed partial record Account
{
    private const int NotifiedAtOnce = 2;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_notifiedAgainAfter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_linkIsMailedAgainWithin = TimeSpan.FromMinutes(20);

    // A user who has lost the new codes generates them again at once: that is one notification.
    private static readonly TimeSpan s_codesAreNotifiedAfter = TimeSpan.FromMinutes(2);

    // Retry delays. A short outage of the mail server only delays an email; after a day of outage it is dropped.
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

    /// <summary>The emails that are due and not being sent already.</summary>
    public IReadOnlyList<WaitingMail> DueMails(
        DateTimeOffset now,
        Func<string, bool> isBeingSent
    ) => [.. Outbox.Where(mail => mail.NextTryAt <= now && !isBeingSent(mail.Id))];

    /// <summary>
    /// Records the result of a send attempt. The email leaves the outbox when it was sent or is dropped.
    /// </summary>
    /// <param name="id">The email's id in the outbox.</param>
    /// <param name="wasSent">Whether the server accepted it.</param>
    /// <param name="mayRetry">Whether the failure is transient.</param>
    /// <param name="context">The time, settings and keys.</param>
    /// <returns>False when the email was dropped.</returns>
    public AccountDecision<bool> RecordSendResult(
        string id,
        bool wasSent,
        bool mayRetry,
        AccountContext context
    )
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
    /// Adds an email to the outbox, and its link if it has one. Notifications are sent only to a verified email, and
    /// are coalesced when there are many of one kind.
    /// </summary>
    internal Account WithMail(
        MailKind kind,
        string to,
        AccountContext context,
        ClientDevice? device = null,
        string? detail = null,
        AuthenticationMethod? method = null
    )
    {
        DateTimeOffset now = context.Now;
        if (kind.LinkLifetime is { } lifetime)
            return WithLink(
                new(kind, context.NewNonce(), to, now + lifetime),
                new(context.NewNonce(), kind, to, now, now, device, detail)
            );
        return IsVerified
            ? Notifying(
                new(context.NewNonce(), kind, to, now, now, device, detail, Method: method),
                now
            )
            : this;
    }

    // Sends the last link again while it is valid for long enough, so that the links in repeated emails all work.
    private Account WithReset(string to, AccountContext context)
    {
        DateTimeOffset now = context.Now;
        MailedLink? last = Links.LastOrDefault(link =>
            link.Kind == MailKind.ResetPassword
            && link.Email == to
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

    // The first two notifications of a kind within an hour are sent at once; later ones are delayed by a quarter of an
    // hour and coalesced. Repeated changes do not flood the mailbox, and none goes unnoticed.
    private Account Notifying(WaitingMail mail, DateTimeOffset now)
    {
        // An email that is due may be in transit already.
        if (
            Outbox.FirstOrDefault(waiting =>
                waiting.Kind == mail.Kind
                && waiting.Method == mail.Method
                && waiting.To == mail.To
                && waiting.NextTryAt > now
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
            .. recent
                .Where(asked => asked.Kind == mail.Kind && asked.Method == mail.Method)
                .Select(asked => asked.At),
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
            AskedMails = [.. recent, new(mail.Kind, at, mail.Method)],
        };
    }

    // Null when the hourly limit is reached.
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
