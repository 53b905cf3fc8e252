namespace SessionAuth.Providers;

/// <summary>
/// Finds the states whose scheduled work is due: those whose scheduled member, as the <see cref="StateModel"/> names it,
/// holds a time that has come. A storage registers it as a keyed service under its own name.
/// </summary>
public interface IScheduledWork
{
    /// <summary>The states whose work is due: earliest first, and by key where the times are equal.</summary>
    /// <param name="stateName">The kind of state.</param>
    /// <param name="dueBy">A state is due when its time, to the millisecond, is not after this one.</param>
    /// <param name="after">The last state of the page before; null for the first page.</param>
    /// <param name="limit">The size of a page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// Fewer than the limit when there are no more; none for a kind of state that the model names no scheduled member of.
    /// </returns>
    /// <exception cref="StorageUnavailableException">Storage cannot answer now.</exception>
    Task<IReadOnlyList<ScheduledState>> Find(
        string stateName,
        DateTimeOffset dueBy,
        ScheduledState? after,
        int limit,
        CancellationToken cancellationToken
    );
}

/// <summary>A state with scheduled work.</summary>
/// <param name="Key">The id of its document: what the storage's <c>KeyGenerator</c> makes of its grain.</param>
/// <param name="NextWorkAt">When the work is due, to the millisecond.</param>
public sealed record ScheduledState(string Key, DateTimeOffset NextWorkAt);
