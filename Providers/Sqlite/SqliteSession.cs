using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SessionAuth.Providers.Sqlite;

/// <summary>A connection with its prepared statements. Not thread-safe.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <exception cref="SqliteException">The file cannot be opened or is not a database.</exception>
    public static SqliteSession Open(SqliteFiles files, string pragmas)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = files.Database,
            Mode = SqliteOpenMode.ReadWrite,
            // Disposing must really close a failed connection, and the file when the silo stops.
            Pooling = false,
            // Seconds to wait for the lock of a checkpoint or an operator's sqlite3.
            DefaultTimeout = 5,
        };
        SqliteConnection connection = new(settings.ToString());
        try
        {
            connection.Open();
            SqliteSession session = new(connection);
            session.Execute(pragmas);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Executes a statement and returns the number of changed rows.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Prepare(sql, arguments).ExecuteNonQuery();

    /// <summary>Executes a query and returns its first row; null when there is none.</summary>
    public T? First<T>(
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> arguments
    )
        where T : class
    {
        using SqliteDataReader reader = Prepare(sql, arguments).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Executes a query and returns all its rows.</summary>
    public List<T> All<T>(
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> arguments
    )
    {
        using SqliteDataReader reader = Prepare(sql, arguments).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Executes a query and returns the first column of all rows.</summary>
    public List<string> Column(string sql) => All(sql, row => row.GetString(0));

    public void Dispose()
    {
        foreach (SqliteCommand command in _prepared.Values)
            command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }

        command.Parameters.Clear();
        foreach ((string name, object? value) in arguments)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
