using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SessionAuth.Providers.Sqlite;

/// <summary>A connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    public static SqliteSession Open(SqliteFiles files, string pragmas)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = files.Database,
            Mode = SqliteOpenMode.ReadWrite,
            // A failed connection must really go, and so must the file when the silo stops.
            Pooling = false,
            // Seconds to wait for a lock that an operator's sqlite3 or a checkpoint holds.
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

    /// <summary>Runs a statement; returns the number of rows that it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Prepare(sql, arguments).ExecuteNonQuery();

    /// <summary>Runs a query; returns its first row, or null when there is none.</summary>
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

    /// <summary>Runs a query; returns all its rows.</summary>
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

    /// <summary>Runs a query; returns the first column of every row.</summary>
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
