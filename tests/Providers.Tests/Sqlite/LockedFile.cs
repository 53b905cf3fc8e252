using Microsoft.Data.Sqlite;

namespace SessionAuth.Providers.Tests.Sqlite;

/// <summary>Locks the file, as an operator's open transaction would, so that writes queue up.</summary>
internal sealed class LockedFile : IDisposable
{
    private readonly SqliteConnection _connection;

    private LockedFile(SqliteConnection connection) => _connection = connection;

    public static LockedFile Of(string file)
    {
        SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        connection.BeginTransaction(deferred: false);
        return new(connection);
    }

    // Closing rolls the transaction back.
    public void Dispose() => _connection.Dispose();
}
