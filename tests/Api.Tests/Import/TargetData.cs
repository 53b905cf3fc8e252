using System.Text.Json;
using Microsoft.Data.Sqlite;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Import;

/// <summary>The directory that an import writes into, and what is in it.</summary>
internal sealed class TargetData : IDisposable
{
    private static readonly string[] s_tables = ["users", "emails", "sessions"];

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("sessionauth-");

    public TargetData() => Path = System.IO.Path.Combine(_parent.FullName, "data");

    public string Path { get; }

    /// <summary>The users by their addresses; one who is there twice fails the test.</summary>
    public IReadOnlyDictionary<string, JsonElement> Users() =>
        Documents("users")
            .Select(row => JsonDocument.Parse(row.Document).RootElement)
            .Where(user => user.GetProperty("Email").ValueKind == JsonValueKind.String)
            .ToDictionary(user => user.GetProperty("Email").GetString()!);

    /// <summary>The ids of the users who exist.</summary>
    public IReadOnlySet<string> UserIds() =>
        Documents("users")
            .Where(row =>
                JsonDocument.Parse(row.Document).RootElement.GetProperty("Email").ValueKind
                == JsonValueKind.String
            )
            .Select(row => row.Id)
            .ToHashSet();

    /// <summary>The owners of addresses.</summary>
    public IReadOnlyList<string> Owners() =>
        [
            .. Documents("emails")
                .Select(row =>
                    JsonDocument.Parse(row.Document).RootElement.GetProperty("UserId").GetString()!
                ),
        ];

    public int Count(string table) => Documents(table).Count;

    /// <summary>Waits until there are so many users.</summary>
    public Task Holds(int users) =>
        Eventually.Holds(
            TimeSpan.FromMinutes(2),
            () => Task.FromResult(Documents("users").Count >= users)
        );

    /// <summary>Everything that is stored, with its etags.</summary>
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
