using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>The activity log of an account, latest first.</summary>
public static class ActivityLog
{
    private const int MaxEvents = 50;

    // Failed attempts, reset requests and changes of network must not push all other events out of the log.
    private const int MaxFrequent = 20;

    /// <summary>
    /// Adds an event. Events that anyone can cause are coalesced into one with a count when they repeat from one IP
    /// address. When the log is full, the oldest event of the most frequent kind is dropped, so that an attacker with a
    /// session cannot push out traces of what they did by repeating something else.
    /// </summary>
    public static IReadOnlyList<AccountEvent> With(
        this IReadOnlyList<AccountEvent> events,
        AccountEvent happened
    )
    {
        if (
            Repeats(happened)
            && events is [{ } latest, ..]
            && latest.Kind == happened.Kind
            && latest.Device?.Ip == happened.Device?.Ip
        )
            return [happened with { Count = latest.Count + happened.Count }, .. events.Skip(1)];

        List<AccountEvent> all = [happened, .. events];
        if (all.Count(IsFrequent) > MaxFrequent)
            DropOne(all, IsFrequent);
        if (all.Count > MaxEvents)
            DropOne(all, _ => true);
        return all;
    }

    // Drops the oldest event of the most frequent kind.
    private static void DropOne(List<AccountEvent> all, Func<AccountEvent, bool> among)
    {
        (AccountEventKind, AuthenticationMethod?) most = all.Where(among)
            .GroupBy(known => (known.Kind, known.Method))
            .MaxBy(kind => kind.Count())!
            .Key;
        all.RemoveAt(all.FindLastIndex(known => (known.Kind, known.Method) == most));
    }

    private static bool IsFrequent(AccountEvent happened) =>
        Repeats(happened) || happened.Kind == AccountEventKind.RefreshedElsewhere;

    private static bool Repeats(AccountEvent happened) =>
        happened.Kind
            is AccountEventKind.SignInFailed
                or AccountEventKind.CodeFailed
                or AccountEventKind.PasswordResetRequested;
}
