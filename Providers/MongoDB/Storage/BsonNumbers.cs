using System.Globalization;
using System.Text;
using System.Text.Json;
using MongoDB.Bson;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Numbers of JSON as numbers of BSON that are read back as they were, digit for digit.</summary>
internal static class BsonNumbers
{
    /// <summary>The first of a 64-bit integer, a double and a decimal that holds the number as it is written.</summary>
    /// <remarks>A number that none of them holds comes back rounded, and is refused when it is read back.</remarks>
    public static BsonValue Of(ref Utf8JsonReader json)
    {
        bool isNegative = json.ValueSpan[0] == '-';
        if (json.TryGetInt64(out long integer) && !(integer == 0 && isNegative))
            return new BsonInt64(integer);

        string text = Encoding.ASCII.GetString(json.ValueSpan);
        double real = json.GetDouble();
        // The driver reads a double that is negative zero as zero.
        bool isNegativeZero = isNegative && real == 0;
        if (!isNegativeZero && (IsWritten(real, text) || IsWritten((float)real, text)))
            return new BsonDouble(real);
        return Decimal128.TryParse(text, out Decimal128 number)
            ? new BsonDecimal128(number)
            : new BsonDouble(real);
    }

    /// <summary>The number as the serializer writes it.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static string Text(Decimal128 number)
    {
        if (Decimal128.IsNaN(number) || Decimal128.IsInfinity(number))
            throw new JsonException("A value is no number.");

        string text = number.ToString();
        // Where it would have an exponent and is one of .NET's, that one is written without.
        return
            text.Contains('E', StringComparison.Ordinal)
            && decimal.TryParse(
                text,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out decimal plain
            )
            && Decimal128.Parse(plain.ToString(CultureInfo.InvariantCulture)) == number
            ? plain.ToString(CultureInfo.InvariantCulture)
            : text;
    }

    private static bool IsWritten<TNumber>(TNumber number, string text)
        where TNumber : IFormattable => number.ToString(null, CultureInfo.InvariantCulture) == text;
}
