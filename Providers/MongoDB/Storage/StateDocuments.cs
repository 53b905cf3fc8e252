using System.Globalization;
using System.Text.Json;
using MongoDB.Bson;
using SessionAuth.Providers.Storage;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>
/// Converts states to readable documents and back. The content of a document never selects a type: a type name in it is
/// an error (ASVS 1.5.2).
/// </summary>
internal sealed class StateDocuments
{
    private const string TypeName = "_t";

    // MongoDB allows 100 levels, including those of the document and the command around the state.
    private const int MaxNesting = 90;

    private readonly DateConverter _dates = new();
    private readonly JsonSerializerOptions _json;

    public StateDocuments(JsonSerializerOptions json)
    {
        _json = new(json);
        _json.Converters.Insert(0, _dates);
    }

    /// <exception cref="StorageRefusedException">The state does not round-trip.</exception>
    public (BsonValue Document, int JsonBytes) Write<T>(T state)
    {
        byte[] json = StateJson.Write(state, _json);
        BsonValue document = Document<T>(json);
        StateJson.RequireReadBack(json, () => Read<T>(document), _json);
        return (document, json.Length);
    }

    /// <exception cref="JsonException">The document is not of this type.</exception>
    public T? Read<T>(BsonValue document)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, new() { Encoder = _json.Encoder }))
            Write(writer, document);
        return JsonSerializer.Deserialize<T>(text.GetBuffer().AsSpan(0, (int)text.Length), _json);
    }

    private BsonValue Document<T>(byte[] json)
    {
        try
        {
            Utf8JsonReader reader = new(json, new() { MaxDepth = _json.MaxDepth });
            reader.Read();
            return Value(ref reader);
        }
        catch (NotStorableException e)
        {
            throw StateJson.Refused<T>(e.Message);
        }
        catch (InvalidOperationException)
        {
            throw StateJson.Refused<T>("it has a text that is not valid UTF-16");
        }
    }

    private BsonValue Value(ref Utf8JsonReader json) =>
        json.TokenType switch
        {
            JsonTokenType.String => Text(ref json),
            JsonTokenType.Number => BsonNumbers.Of(ref json),
            JsonTokenType.True => BsonBoolean.True,
            JsonTokenType.False => BsonBoolean.False,
            JsonTokenType.StartArray => Array(ref json),
            JsonTokenType.StartObject => Document(ref json),
            _ => BsonNull.Value,
        };

    private BsonValue Text(ref Utf8JsonReader json) =>
        _dates.TryRead(json.ValueSpan, out BsonDateTime? date)
            ? date
            : new BsonString(json.GetString()!);

    private BsonArray Array(ref Utf8JsonReader json)
    {
        RequireDepth(in json);
        BsonArray array = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            array.Add(Value(ref json));
        return array;
    }

    private BsonDocument Document(ref Utf8JsonReader json)
    {
        RequireDepth(in json);
        BsonDocument document = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            if (!IsName(name))
            {
                throw new NotStorableException(
                    "a member or a key is named _t, begins with $, or contains a dot or a null character, which "
                        + "MongoDB treats as a type, an operator or a path"
                );
            }
            if (document.Contains(name))
                throw new NotStorableException("it has two members of the same name");
            json.Read();
            document.Add(name, Value(ref json));
        }
        return document;
    }

    private static void RequireDepth(in Utf8JsonReader json)
    {
        if (json.CurrentDepth >= MaxNesting)
            throw new NotStorableException($"it is nested more than {MaxNesting} levels deep");
    }

    // A query would treat such a name as an operator or a path; a type name is refused when it is read.
    private static bool IsName(string name) =>
        name != TypeName && !name.StartsWith('$') && name.IndexOfAny(['.', '\0']) < 0;

    private static void Write(Utf8JsonWriter json, BsonValue value)
    {
        switch (value)
        {
            case BsonDocument document:
                json.WriteStartObject();
                foreach (BsonElement element in document)
                {
                    if (!IsName(element.Name))
                        throw new JsonException(
                            "A document has a member with a name that is not allowed."
                        );
                    json.WritePropertyName(element.Name);
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
            case BsonDouble { Value: var number } when !double.IsFinite(number):
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case BsonDouble number:
                json.WriteNumberValue(number.Value);
                break;
            case BsonDecimal128 number:
                json.WriteRawValue(BsonNumbers.Text(number.Value));
                break;
            case BsonBoolean truth:
                json.WriteBooleanValue(truth.Value);
                break;
            case BsonNull:
                json.WriteNullValue();
                break;
            default:
                throw new JsonException($"A value of type {value.BsonType} is not supported.");
        }
    }

    private sealed class NotStorableException(string message) : Exception(message);
}
