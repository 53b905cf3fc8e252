using System.Diagnostics.Metrics;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Metrics of the writer: load, batching and failures.</summary>
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
            "Completed writes, including conflicts."
        );
        _commits = meter.CreateCounter<long>(
            "sessionauth.storage.commits",
            "{commit}",
            "Commits to the disk; each is of a group of waiting writes."
        );
        _failures = meter.CreateCounter<long>(
            "sessionauth.storage.failures",
            "{write}",
            "Writes that failed because storage was unavailable."
        );
    }

    public void Committed(int writes)
    {
        _commits.Add(1, _storage);
        _writes.Add(writes, _storage);
    }

    public void Failed(int writes) => _failures.Add(writes, _storage);
}
