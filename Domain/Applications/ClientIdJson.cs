using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionAuth.Domain.Applications;

/// <summary>Writes the id of an application as its text.</summary>
internal sealed class ClientIdJson : JsonConverter<ClientId>
{
    public override ClientId Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        ClientId.TryParse(
            reader.TokenType == JsonTokenType.String ? reader.GetString() : null,
            out ClientId id
        )
            ? id
            : throw new JsonException();

    public override void Write(
        Utf8JsonWriter writer,
        ClientId value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.Value);
}
