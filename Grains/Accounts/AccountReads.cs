using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Accounts;

/// <summary>Reads of an account that include its sessions, whose state only the session grains know.</summary>
internal sealed class AccountReads(
    UserId user,
    AccountDecisions decisions,
    AccountWriter writer,
    PendingEvents pending
)
{
    /// <summary>The account's sessions.</summary>
    public Task<SessionList> Sessions() =>
        decisions.InTurn(async () => AccountViews.List(await writer.Listed(), user));

    /// <summary>The account's activity log, latest first.</summary>
    public Task<IReadOnlyList<AccountEvent>> Activity() =>
        decisions.InTurn<IReadOnlyList<AccountEvent>>(async () =>
        {
            await writer.Listed();
            return pending.Activity(writer.Current);
        });

    /// <summary>All data that is stored about the account except secrets; null when there is no account.</summary>
    public Task<UserExport?> Export() =>
        decisions.InTurn(async () =>
        {
            SessionList sessions = AccountViews.List(await writer.Listed(), user);
            Account account = writer.Current;
            return account.Export(user, sessions, pending.Activity(account));
        });
}
