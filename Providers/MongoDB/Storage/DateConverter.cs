using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MongoDB.Bson;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>
/// Marks times on their way out, so that they become dates that MongoDB can expire by. The mark is another one for each
/// converter, so that no text of a state can be taken for it.
/// </summary>
internal sealed class DateConverter : JsonConverter<DateTimeOffset>
{
    private static readonly JsonConverter<DateTimeOffset> s_plain =
        (JsonConverter<DateTimeOffset>)
            JsonSerializerOptions.Default.GetConverter(typeof(DateTimeOffset));

    private readonly string _mark = $"date-{Guid.NewGuid():N}:";
    private readonly byte[] _markBytes;

    public DateConverter() => _markBytes = Encoding.ASCII.GetBytes(_mark);

    /// <summary>The date, where the text is a marked one.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out BsonDateTime? date)
    {
        date = null;
        if (
            !text.StartsWith(_markBytes)
            || !Utf8Parser.TryParse(text[_markBytes.Length..], out long milliseconds, out _)
        )
            return false;
        date = new(milliseconds);
        return true;
    }

    public override DateTimeOffset Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => reader.GetDateTimeOffset();

    public override void Write(
        Utf8JsonWriter writer,
        DateTimeOffset value,
        JsonSerializerOptions options
    ) =>
        writer.WriteStringValue(
            string.Create(CultureInfo.InvariantCulture, $"{_mark}{value.ToUnixTimeMilliseconds()}")
        );

    // A key is text in any case.
    public override DateTimeOffset ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => s_plain.ReadAsPropertyName(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(
        Utf8JsonWriter writer,
        [DisallowNull] DateTimeOffset value,
        JsonSerializerOptions options
    ) => s_plain.WriteAsPropertyName(writer, value, options);
}
