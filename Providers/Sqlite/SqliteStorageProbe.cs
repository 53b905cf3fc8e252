namespace SessionAuth.Providers.Sqlite;

/// <summary>Probes the storage by a write to a table of its own, through the same queue as those of grains.</summary>
internal sealed class SqliteStorageProbe(SqliteDatabase database) : IStorageProbe
{
    public async Task<bool> CanWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            PendingWrite probe = new(table: null, SqliteSchema.Probe);
            await database.WriteAsync(probe, cancellationToken).WaitAsync(cancellationToken);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }
}
