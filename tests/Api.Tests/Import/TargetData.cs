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
        Eventually.Holds(TimeSpan.FromMinutes(2), () => Task.FromResult(UserIds().Count >= users));

    /// <summary>All stored documents, with their etags.</summary>
    public IReadOnlyList<string> Everything() =>
        [
            .. s_tables.SelectMany(table =>
                Documents(table).Select(row => $"{table} {row.Id} {row.Etag} {row.Document}")
            ),
        ];

    public void Dispose() => _parent.Delete(recursive: true);

    private List<(string Id, string Etag, string Document)> Documents(string table)
    {
        string file = System.IO.Path.Combine(Path, "sessionauth.db");
        List<(string, string, string)> rows = [];
        if (!File.Exists(file))
            return rows;

        using SqliteConnection connection = new($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand exists = connection.CreateCommand();
        exists.CommandText = $"SELECT count(*) FROM sqlite_schema WHERE name = '{table}'";
        if (exists.ExecuteScalar() is 0L)
            return rows;

        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = $"SELECT id, etag, doc FROM \"{table}\" ORDER BY id";
        using SqliteDataReader reader = select.ExecuteReader();
        while (reader.Read())
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }
}
