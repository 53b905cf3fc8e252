using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Options of a grain storage: a collection for each state name, a document for each grain.</summary>
public sealed class MongoDBGrainStorageOptions : MongoDBOptions
{
    /// <summary>
    /// Sets the defaults of <c>Orleans.Providers.MongoDB</c>, so that each finds the documents of the other.
    /// </summary>
    public MongoDBGrainStorageOptions() => CollectionPrefix = "Grains";

    /// <summary>
    /// Makes the id of a grain's document. Default: the whole grain id, so that two types of grain may share a state
    /// name.
    /// </summary>
    public Func<GrainId, string> KeyGenerator { get; set; } = grain => grain.ToString();

    /// <summary>
    /// How states are serialized. By default members keep their names, enums are written by name, and no type names are
    /// written. A <see cref="DateTimeOffset"/> becomes a BSON date, by which MongoDB can expire documents: it is read
    /// back in UTC, rounded down to a millisecond. Every other value round-trips, or is refused when it is written.
    /// </summary>
    public JsonSerializerOptions Json { get; set; } =
        new()
        {
            Converters = { new JsonStringEnumConverter() },
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>
    /// The members that expire, are scheduled or are looked up: each gets an index at the start. Default: none.
    /// </summary>
    public StateModel Model { get; set; } = StateModel.Empty;

    /// <summary>How long a document is retained after its expiry. Default: one day.</summary>
    public TimeSpan ExpiryMargin { get; set; } = StateModel.DefaultExpiryMargin;

    /// <summary>
    /// The maximum size of a document in bytes; a larger one is refused before it is sent. Default: 16 MiB, MongoDB's
    /// limit.
    /// </summary>
    public int MaxDocumentBytes { get; set; } = 16 * 1024 * 1024;
}
