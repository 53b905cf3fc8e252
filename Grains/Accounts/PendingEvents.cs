using SessionAuth.Domain.Accounts;

namespace SessionAuth.Grains.Accounts;

/// <summary>
/// Activity log events that changed nothing else about an account, such as failed sign-ins. Write-behind: they are
/// stored with the next change, or after a delay, so that a flood of wrong passwords does not become a flood of writes.
/// </summary>
/// <param name="grain">The account's grain.</param>
/// <param name="store">Stores the pending events.</param>
internal sealed class PendingEvents(IGrainBase grain, Func<Task> store)
{
    private static readonly TimeSpan s_storedWithin = TimeSpan.FromSeconds(30);

    // Earliest first.
    private readonly List<AccountEvent> _pending = [];
    private IGrainTimer? _timer;

    /// <summary>Whether no event is pending.</summary>
    public bool IsEmpty => _pending.Count == 0;

    /// <summary>Adds an event, merged with an earlier one of the same kind where the log merges them.</summary>
    public void Add(AccountEvent happened)
    {
        IReadOnlyList<AccountEvent> latestFirst = [.. _pending.AsEnumerable().Reverse()];
        _pending.Clear();
        _pending.AddRange(latestFirst.With(happened).Reverse());
        _timer ??= grain.RegisterGrainTimer(
            _ => Store(),
            new GrainTimerCreationOptions(s_storedWithin, Timeout.InfiniteTimeSpan)
        );
    }

    /// <summary>A copy of the pending events. More may be added while these are stored.</summary>
    public AccountEvent[] ToStore() => [.. _pending];

    /// <summary>Removes events that are stored now.</summary>
    public void Stored(IReadOnlyCollection<AccountEvent> events) =>
        _pending.RemoveAll(noted => events.Contains(noted));

    /// <summary>The account's stored and pending events, latest first.</summary>
    public List<AccountEvent> Activity(Account account) =>
        account.Email is null
            ? []
            :
            [
                .. _pending
                    .Aggregate(account.Activity, (events, noted) => events.With(noted))
                    .OrderByDescending(happened => happened.At),
            ];

    private Task Store()
    {
        _timer?.Dispose();
        _timer = null;
        return store();
    }
}
