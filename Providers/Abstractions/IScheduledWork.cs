namespace SessionAuth.Providers;

/// <summary>
/// Finds the states whose scheduled work is due, by the time in the scheduled member that the <see cref="StateModel"/>
/// names. A storage registers it as a keyed service under its own name.
/// </summary>
public interface IScheduledWork
{
    /// <summary>The states whose work is due, ordered by time and then by key.</summary>
    /// <param name="stateName">The state name.</param>
    /// <param name="dueBy">States are due when their time, to the millisecond, is not later than this.</param>
    /// <param name="after">The last state of the previous page; null for the first page.</param>
    /// <param name="limit">The page size.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>
    /// One page: fewer than the limit if it is the last, none if the model has no scheduled member for the state.
    /// </returns>
    /// <exception cref="StorageUnavailableException">Storage is unavailable.</exception>
    Task<IReadOnlyList<ScheduledState>> Find(
        string stateName,
        DateTimeOffset dueBy,
        ScheduledState? after,
        int limit,
        CancellationToken cancellationToken
    );
}

/// <summary>A state with scheduled work.</summary>
/// <param name="Key">The id of its document, as the storage's <c>KeyGenerator</c> makes it from the grain id.</param>
/// <param name="NextWorkAt">When the work is due, to the millisecond.</param>
public sealed record ScheduledState(string Key, DateTimeOffset NextWorkAt);
