using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Settings of a grain storage: a collection for each state name, a document for each grain.</summary>
public sealed class MongoDBGrainStorageOptions : MongoDBOptions
{
    /// <summary>The settings of <c>Orleans.Providers.MongoDB</c>, so that either finds what the other has stored.</summary>
    public MongoDBGrainStorageOptions() => CollectionPrefix = "Grains";

    /// <summary>
    /// The id of a grain's document. Default: the whole grain id, so that grains of two types may have one state name.
    /// </summary>
    public Func<GrainId, string> KeyGenerator { get; set; } = grain => grain.ToString();

    /// <summary>
    /// How a state becomes a document. By default members keep their names, enums are written by name, and no type
    /// names are written. A <see cref="DateTimeOffset"/> becomes a date of BSON, which MongoDB can expire documents by
    /// and which has neither an offset nor anything below a millisecond: it is read back as that moment in UTC, rounded
    /// down. Everything else is read back as it was, or refused when it is written.
    /// </summary>
    public JsonSerializerOptions Json { get; set; } =
        new()
        {
            Converters = { new JsonStringEnumConverter() },
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>
    /// Which members of the states expire, are scheduled or are looked up: each gets an index at the start. Default: none.
    /// </summary>
    public StateModel Model { get; set; } = StateModel.Empty;

    /// <summary>How long a document stays after its expiry. Default: one day.</summary>
    public TimeSpan ExpiryMargin { get; set; } = StateModel.DefaultExpiryMargin;

    /// <summary>
    /// The largest document, in bytes; a larger one is refused before it is sent. Default: 16 MiB, MongoDB's own
    /// limit.
    /// </summary>
    public int MaxDocumentBytes { get; set; } = 16 * 1024 * 1024;
}
