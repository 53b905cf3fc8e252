namespace SessionAuth.Domain.Accounts;

/// <summary>The list of what happened to an account, latest first.</summary>
public static class ActivityLog
{
    private const int MaxEvents = 50;

    // Whoever guesses, asks for resets or is on the move must not push everything else out of the list.
    private const int MaxFrequent = 20;

    /// <summary>
    /// The list with one more event. What anybody can make happen is one event with a count, where it comes in a row from
    /// one IP address. From a full list the oldest goes of what there is most of: whoever has a session, and would hide
    /// what they did, hides it by nothing that they can repeat.
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

    // The oldest of what there is most of.
    private static void DropOne(List<AccountEvent> all, Func<AccountEvent, bool> among)
    {
        AccountEventKind most = all.Where(among)
            .GroupBy(known => known.Kind)
            .MaxBy(kind => kind.Count())!
            .Key;
        all.RemoveAt(all.FindLastIndex(known => known.Kind == most));
    }

    private static bool IsFrequent(AccountEvent happened) =>
        Repeats(happened) || happened.Kind == AccountEventKind.RefreshedElsewhere;

    private static bool Repeats(AccountEvent happened) =>
        happened.Kind
            is AccountEventKind.SignInFailed
                or AccountEventKind.CodeFailed
                or AccountEventKind.PasswordResetRequested;
}
