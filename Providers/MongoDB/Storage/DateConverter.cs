using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MongoDB.Bson;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>
/// Marks times in the JSON, so that they become BSON dates, by which MongoDB can expire documents. The mark is random
/// for each converter, so that a user cannot forge it in a text.
/// </summary>
internal sealed class DateConverter : JsonConverter<DateTimeOffset>
{
    private static readonly JsonConverter<DateTimeOffset> s_plain =
        (JsonConverter<DateTimeOffset>)
            JsonSerializerOptions.Default.GetConverter(typeof(DateTimeOffset));

    private readonly string _mark = $"date-{Guid.NewGuid():N}:";
    private readonly byte[] _markBytes;

    public DateConverter() => _markBytes = Encoding.ASCII.GetBytes(_mark);

    /// <summary>Reads a marked time.</summary>
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

    // A dictionary key is a field name in BSON, and so never a date.
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
