using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <summary>The list of what happened to an account, latest first.</summary>
internal static class UserActivity
{
    private const int Most = 50;

    // Whoever guesses, or is on the move, must not push everything else out of the list.
    private const int MostFrequent = 20;

    /// <summary>The list with one more event; failures in a row from one place are one event with a count.</summary>
    public static IReadOnlyList<AccountEvent> With(
        this IReadOnlyList<AccountEvent> events,
        AccountEvent happened
    )
    {
        if (
            IsFailure(happened)
            && events is [{ } latest, ..]
            && latest.Kind == happened.Kind
            && latest.Device?.Ip == happened.Device?.Ip
        )
            return [happened with { Count = latest.Count + happened.Count }, .. events.Skip(1)];

        IEnumerable<AccountEvent> earlier = events;
        if (IsFrequent(happened) && events.Count(IsFrequent) >= MostFrequent)
        {
            AccountEvent oldest = events.Last(IsFrequent);
            earlier = events.Where(known => !ReferenceEquals(known, oldest));
        }

        return [.. earlier.Prepend(happened).Take(Most)];
    }

    private static bool IsFrequent(AccountEvent happened) =>
        IsFailure(happened) || happened.Kind == AccountEventKind.RefreshedElsewhere;

    private static bool IsFailure(AccountEvent happened) =>
        happened.Kind is AccountEventKind.SignInFailed or AccountEventKind.CodeFailed;
}
