using System.Diagnostics.Metrics;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Counts what the writer does, so that an operator sees load, batching and failures.</summary>
internal sealed class SqliteStorageMetrics
{
    public const string MeterName = "SessionAuth.Storage";

    private readonly KeyValuePair<string, object?> _storage;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _failures;

    public SqliteStorageMetrics(IMeterFactory meters, string storage)
    {
        Meter meter = meters.Create(MeterName);
        _storage = new("storage", storage);
        _writes = meter.CreateCounter<long>(
            "sessionauth.storage.writes",
            "{write}",
            "Writes that were answered, conflicts included."
        );
        _commits = meter.CreateCounter<long>(
            "sessionauth.storage.commits",
            "{commit}",
            "Commits to the disk; each carries all writes that waited for it."
        );
        _failures = meter.CreateCounter<long>(
            "sessionauth.storage.failures",
            "{write}",
            "Writes that were refused because storage was unavailable."
        );
    }

    public void Committed(int writes)
    {
        _commits.Add(1, _storage);
        _writes.Add(writes, _storage);
    }

    public void Failed(int writes) => _failures.Add(writes, _storage);
}
