namespace SessionAuth.Providers.Sqlite;

/// <summary>Finds the states whose scheduled work is due, by an index on their time.</summary>
internal sealed class SqliteScheduledWork(SqliteDatabase database) : IScheduledWork
{
    public async Task<IReadOnlyList<ScheduledState>> Find(
        string stateName,
        DateTimeOffset dueBy,
        ScheduledState? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await database.FindDueAsync(
            database.Table(stateName),
            Rounded(dueBy),
            after,
            limit,
            cancellationToken
        );

    // SQLite rounds the stored time to the nearest millisecond, possibly up.
    private static long Rounded(DateTimeOffset time) =>
        (time + TimeSpan.FromMilliseconds(0.5)).ToUnixTimeMilliseconds();
}
