using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Grains.Accounts;

/// <summary>
/// Leases the emails of an account's outbox to mail dispatchers, so that only one sends each. Leases are in memory
/// only: delivery is at least once, and after a crash an email may be sent twice.
/// </summary>
internal sealed class OutboxLeases(
    UserId user,
    AccountDecisions decisions,
    AccountWriter writer,
    AccountServices services
)
{
    // An attempt to send takes no longer.
    private static readonly TimeSpan s_leaseTime = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, DateTimeOffset> _leasedAt = [];

    /// <summary>Does the account's other due work, and then leases the emails that are due.</summary>
    public Task<IReadOnlyList<OutgoingMail>> Take() =>
        decisions.InTurn(async () =>
        {
            await writer.Finish();
            await writer.RemoveOldData();
            return Due(writer.Current);
        });

    /// <summary>Records the result of an attempt to send, which ends the lease.</summary>
    /// <returns>False when the email was given up.</returns>
    public Task<bool> RecordResult(string id, MailOutcome outcome) =>
        decisions.Decide(
            (account, context) =>
            {
                _leasedAt.Remove(id);
                return account.RecordSendResult(
                    id,
                    outcome == MailOutcome.Sent,
                    outcome == MailOutcome.TryLater,
                    context
                );
            }
        );

    private IReadOnlyList<OutgoingMail> Due(Account account)
    {
        DateTimeOffset now = services.Clock.GetUtcNow();
        IReadOnlyList<WaitingMail> due = account.DueMails(
            now,
            id => _leasedAt.TryGetValue(id, out DateTimeOffset at) && now - at < s_leaseTime
        );
        foreach (WaitingMail mail in due)
            _leasedAt[mail.Id] = now;
        return [.. due.Select(mail => Outgoing(account, mail))];
    }

    private OutgoingMail Outgoing(Account account, WaitingMail mail) =>
        new(
            mail.Id,
            mail.Kind,
            mail.To,
            mail.CreatedAt,
            mail.Device,
            mail.Detail,
            mail.Link is { } nonce
                ? services.Secrets.LinkToken(user, mail.Kind, mail.To, nonce)
                : null,
            account.Links.FirstOrDefault(link => link.Nonce == mail.Link)?.ExpiresAt,
            mail.Count,
            mail.Method
        );
}
