using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Grains.Users;

/// <remarks>The mails that wait to be sent.</remarks>
internal sealed partial class UserGrain
{
    // As long as a try may take. Kept in memory: after a crash a mail may come twice.
    private static readonly TimeSpan s_handedOutFor = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, DateTimeOffset> _handedOut = [];

    public async Task<IReadOnlyList<OutgoingMail>> TakeMail()
    {
        await Finish();
        await Forget();
        DateTimeOffset now = Now;
        WaitingMail[] due =
        [
            .. stored.State.Outbox.Where(mail =>
                mail.NextTryAt <= now
                && (
                    !_handedOut.TryGetValue(mail.Id, out DateTimeOffset at)
                    || now - at >= s_handedOutFor
                )
            ),
        ];
        foreach (WaitingMail mail in due)
            _handedOut[mail.Id] = now;
        return [.. due.Select(Outgoing)];
    }

    public async Task<bool> MailTried(string id, MailOutcome outcome)
    {
        _handedOut.Remove(id);
        if (stored.State.Outbox.FirstOrDefault(mail => mail.Id == id) is not { } tried)
            return true;

        (UserState next, bool givenUp) = stored.State.AfterTry(tried, outcome, Now);
        await Write(next);
        return !givenUp;
    }

    private OutgoingMail Outgoing(WaitingMail mail) =>
        new(
            mail.Id,
            mail.Kind,
            mail.To,
            mail.CreatedAt,
            mail.Device,
            mail.Detail,
            mail.Link is { } nonce
                ? linkTokens.Make(Id, mail.Kind.ToString(), mail.To, nonce)
                : null,
            stored.State.Links.FirstOrDefault(link => link.Nonce == mail.Link)?.ExpiresAt,
            mail.Count
        );
}
