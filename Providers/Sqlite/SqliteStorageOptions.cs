using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Settings of the embedded storage: one SQLite file, owned by one process.</summary>
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
    /// The id of a grain's row. Default: the whole grain id, so that grains of two types may have one state name.
    /// </summary>
    public Func<GrainId, string> KeyGenerator { get; set; } = grain => grain.ToString();

    /// <summary>
    /// How a state becomes a document. By default members keep their names, enums are written by name,
    /// times as RFC 3339, and no type names are written. Add converters here for types of your own.
    /// </summary>
    public JsonSerializerOptions Json { get; set; } =
        new()
        {
            Converters = { new JsonStringEnumConverter() },
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            // The text goes to a database and never into a page: an operator should read "é", not "\u00e9".
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>
    /// Which members of the states expire or are scheduled. What operators look up has no index here: the file belongs to
    /// one process, and an index would cost each of its writes. Default: none.
    /// </summary>
    public StateModel Model { get; set; } = StateModel.Empty;

    /// <summary>How often expired documents are deleted. Default: one hour.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a document stays after its expiry, for clocks that differ and for people who ask what happened.
    /// Default: one day.
    /// </summary>
    public TimeSpan ExpiryMargin { get; set; } = StateModel.DefaultExpiryMargin;

    /// <summary>
    /// The largest document, in bytes of UTF-8; a larger one is refused before it reaches the file.
    /// Default: 16 MiB, as much as MongoDB takes, so that a state that fits here fits there.
    /// </summary>
    public int MaxDocumentBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// The largest database file in bytes, without the write-ahead log; null for as large as the disk.
    /// A full file refuses what would make it grow as a full disk does, and takes deletes. Default: null.
    /// </summary>
    public long? MaxFileBytes { get; set; }
}
