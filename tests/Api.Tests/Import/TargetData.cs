using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace SessionAuth.Api.Tests.Import;

/// <summary>The data directory that an import writes to.</summary>
internal sealed class TargetData : IDisposable
{
    private static readonly string[] s_tables = ["users", "emails", "sessions"];

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("sessionauth-");

    public TargetData() => Path = System.IO.Path.Combine(_parent.FullName, "data");

    public string Path { get; }

    /// <summary>The completely imported users by email. Fails if an email occurs twice.</summary>
    public IReadOnlyDictionary<string, JsonElement> Users() =>
        Documents("users")
            .Select(row => JsonDocument.Parse(row.Document).RootElement)
            .Where(user => user.GetProperty("Email").ValueKind == JsonValueKind.String)
            .ToDictionary(user => user.GetProperty("Email").GetString()!);

    /// <summary>The ids of the completely imported users.</summary>
    public IReadOnlySet<string> UserIds() =>
        Documents("users")
            .Where(row =>
                JsonDocument.Parse(row.Document).RootElement.GetProperty("Email").ValueKind
                == JsonValueKind.String
            )
            .Select(row => row.Id)
            .ToHashSet();

    /// <summary>The owners of the emails.</summary>
    public IReadOnlyList<string> Owners() =>
        [
            .. Documents("emails")
                .Select(row =>
                    JsonDocument.Parse(row.Document).RootElement.GetProperty("UserId").GetString()!
                ),
        ];

    public int Count(string table) => Documents(table).Count;

    /// <summary>Waits until so many users are completely imported.</summary>
    public Task WaitForUsers(int users) =>
        Eventually.Holds(TimeSpan.FromMinutes(2), () => Task.FromResult(Imported() >= users));

    /// <summary>All stored documents, with their etags.</summary>
    public IReadOnlyList<string> Everything() =>
        [
            .. s_tables.SelectMany(table =>
                Documents(table).Select(row => $"{table} {row.Id} {row.Etag} {row.Document}")
            ),
        ];

    public void Dispose() => _parent.Delete(recursive: true);

    private long Imported() =>
        Read(
                "users",
                "SELECT count(*) FROM users WHERE json_extract(doc, '$.Email') IS NOT NULL",
                row => row.GetInt64(0)
            )
            .SingleOrDefault();

    private List<(string Id, string Etag, string Document)> Documents(string table) =>
        Read(
            table,
            $"SELECT id, etag, doc FROM \"{table}\" ORDER BY id",
            row => (row.GetString(0), row.GetString(1), row.GetString(2))
        );

    // Nothing while there is no such table yet.
    private List<T> Read<T>(string table, string query, Func<SqliteDataReader, T> row)
    {
        string file = System.IO.Path.Combine(Path, "sessionauth.db");
        List<T> rows = [];
        if (!File.Exists(file))
            return rows;

        using SqliteConnection connection = new($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand exists = connection.CreateCommand();
        exists.CommandText = $"SELECT count(*) FROM sqlite_schema WHERE name = '{table}'";
        if (exists.ExecuteScalar() is 0L)
            return rows;

        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = query;
        using SqliteDataReader reader = select.ExecuteReader();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }
}
