namespace SessionAuth.Providers.Sqlite;

/// <summary>Finds what is due in the file's tables.</summary>
internal sealed class SqliteDueStates(SqliteDatabase database) : IDueStates
{
    public async Task<IReadOnlyList<DueState>> Find(
        string stateName,
        DateTimeOffset dueBy,
        DueState? after,
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

    // SQLite rounds the stored time to the nearest millisecond, which may be up.
    private static long Rounded(DateTimeOffset time) =>
        (time + TimeSpan.FromMilliseconds(0.5)).ToUnixTimeMilliseconds();
}
