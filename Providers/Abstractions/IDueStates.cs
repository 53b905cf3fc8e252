namespace SessionAuth.Providers;

/// <summary>
/// Finds the states that have something due: those whose document has a top-level member <c>DueAt</c> that holds a
/// time which has come. A storage registers it as a keyed service, by its own name.
/// </summary>
public interface IDueStates
{
    /// <summary>The states that are due, earliest first, and by their keys where the time is the same.</summary>
    /// <param name="stateName">Whose states.</param>
    /// <param name="dueBy">Those are due whose time, to the millisecond, is not after this one.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Fewer than the limit when there are no more.</returns>
    /// <exception cref="StorageUnavailableException">Storage cannot answer now.</exception>
    Task<IReadOnlyList<DueState>> Find(
        string stateName,
        DateTimeOffset dueBy,
        DueState? after,
        int limit,
        CancellationToken cancellationToken
    );
}

/// <summary>A state that has something due.</summary>
/// <param name="Key">The id of its document: what the storage's <c>KeyGenerator</c> makes of its grain.</param>
/// <param name="DueAt">Since when, to the millisecond.</param>
public sealed record DueState(string Key, DateTimeOffset DueAt);
