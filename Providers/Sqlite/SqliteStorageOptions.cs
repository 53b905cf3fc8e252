using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Options of the embedded storage: one SQLite file, owned by one process.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>
    /// The directory of the database file, absolute or relative to the working directory. It is created
    /// with mode 0700 when it does not exist; the files in it have mode 0600. Default: <c>data</c>.
    /// </summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>The name of the database file. Default: <c>sessionauth.db</c>.</summary>
    public string FileName { get; set; } = "sessionauth.db";

    /// <summary>
    /// Makes the id of a grain's row. Default: the whole grain id, so that two types of grain may share a state name.
    /// </summary>
    public Func<GrainId, string> KeyGenerator { get; set; } = grain => grain.ToString();

    /// <summary>
    /// How states are serialized. By default members keep their names, enums are written by name, times as RFC 3339,
    /// and no type names are written. Add converters for custom types here.
    /// </summary>
    public JsonSerializerOptions Json { get; set; } =
        new()
        {
            Converters = { new JsonStringEnumConverter() },
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            // The text is never part of a web page: an operator should read "é", not "\u00e9".
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>
    /// The members that expire or are scheduled. Members that are looked up get no index here: the file is not shared,
    /// and an index would slow down every write. Default: none.
    /// </summary>
    public StateModel Model { get; set; } = StateModel.Empty;

    /// <summary>How often expired documents are deleted. Default: one hour.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a document is retained after its expiry, for clock drift and for inquiries. Default: one day.
    /// </summary>
    public TimeSpan ExpiryMargin { get; set; } = StateModel.DefaultExpiryMargin;

    /// <summary>
    /// The maximum size of a document in bytes of UTF-8; a larger one is refused before it is written. Default: 16 MiB,
    /// as in MongoDB.
    /// </summary>
    public int MaxDocumentBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// The maximum size of the database file in bytes, without the write-ahead log; null for no limit. A full file acts
    /// like a full disk: it refuses to grow, and accepts deletions. Default: null.
    /// </summary>
    public long? MaxFileBytes { get; set; }
}
