using System.Text.Json;
using System.Text.Json.Serialization;
using MongoDB.Bson;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>
/// Turns states into readable documents and back. What a document holds never chooses a type: a type name in it
/// is an error (ASVS 1.5.2).
/// </summary>
internal sealed class StateDocuments
{
    private const string TypeName = "_t";

    private readonly JsonSerializerOptions _json;

    public StateDocuments(JsonSerializerOptions json)
    {
        _json = new(json);
        _json.Converters.Insert(0, new DateConverter());
    }

    /// <exception cref="JsonException">The state has a member that no document may have.</exception>
    public (BsonValue Document, int JsonBytes) Write<T>(T state)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(state, _json);
        Utf8JsonReader reader = new(json);
        reader.Read();
        return (Value(ref reader), json.Length);
    }

    /// <exception cref="JsonException">The document is none of this type.</exception>
    public T? Read<T>(BsonValue document)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, new() { Encoder = _json.Encoder }))
            Write(writer, document);
        return JsonSerializer.Deserialize<T>(text.GetBuffer().AsSpan(0, (int)text.Length), _json);
    }

    private static BsonValue Value(ref Utf8JsonReader json) =>
        json.TokenType switch
        {
            JsonTokenType.String => new BsonString(json.GetString()!),
            JsonTokenType.Number => json.TryGetInt64(out long number)
                ? new BsonInt64(number)
                : new BsonDouble(json.GetDouble()),
            JsonTokenType.True => BsonBoolean.True,
            JsonTokenType.False => BsonBoolean.False,
            JsonTokenType.StartArray => Array(ref json),
            JsonTokenType.StartObject => Document(ref json),
            _ => BsonNull.Value,
        };

    private static BsonArray Array(ref Utf8JsonReader json)
    {
        BsonArray array = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            array.Add(Value(ref json));
        return array;
    }

    private static BsonValue Document(ref Utf8JsonReader json)
    {
        BsonDocument document = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            if (name == DateConverter.Mark)
            {
                BsonDateTime date = new(json.GetInt64());
                json.Read();
                return date;
            }
            document.Add(Name(name), Value(ref json));
        }
        return document;
    }

    // A name that a query would take for an operator or a path could not be asked for; a type name is refused by
    // every reader.
    private static string Name(string name) =>
        name != TypeName && !name.StartsWith('$') && name.IndexOfAny(['.', '\0']) < 0
            ? name
            : throw new JsonException("A member's name is none that a document may have.");

    private static void Write(Utf8JsonWriter json, BsonValue value)
    {
        switch (value)
        {
            case BsonDocument document:
                json.WriteStartObject();
                foreach (BsonElement element in document)
                {
                    json.WritePropertyName(Name(element.Name));
                    Write(json, element.Value);
                }
                json.WriteEndObject();
                break;
            case BsonArray array:
                json.WriteStartArray();
                foreach (BsonValue item in array)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case BsonDateTime date:
                json.WriteStringValue(
                    DateTimeOffset.FromUnixTimeMilliseconds(date.MillisecondsSinceEpoch)
                );
                break;
            case BsonString text:
                json.WriteStringValue(text.Value);
                break;
            case BsonInt32 or BsonInt64:
                json.WriteNumberValue(value.ToInt64());
                break;
            case BsonDouble number:
                json.WriteNumberValue(number.Value);
                break;
            case BsonBoolean truth:
                json.WriteBooleanValue(truth.Value);
                break;
            case BsonNull:
                json.WriteNullValue();
                break;
            default:
                throw new JsonException($"A value of type {value.BsonType} is none of ours.");
        }
    }

    /// <summary>Marks times on their way out, so that they become dates that MongoDB can expire by.</summary>
    private sealed class DateConverter : JsonConverter<DateTimeOffset>
    {
        public const string Mark = "$date";

        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.GetDateTimeOffset();

        public override void Write(
            Utf8JsonWriter writer,
            DateTimeOffset value,
            JsonSerializerOptions options
        )
        {
            writer.WriteStartObject();
            writer.WriteNumber(Mark, value.ToUnixTimeMilliseconds());
            writer.WriteEndObject();
        }
    }
}
