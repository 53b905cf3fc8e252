using System.Globalization;
using System.Text;
using System.Text.Json;
using MongoDB.Bson;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Converts JSON numbers to BSON numbers that round-trip digit for digit.</summary>
internal static class BsonNumbers
{
    /// <summary>The first of a 64-bit integer, a double and a decimal that represents the number exactly.</summary>
    /// <remarks>
    /// If none does, the number is rounded, and the verification of the round trip refuses the state.
    /// </remarks>
    public static BsonValue Of(ref Utf8JsonReader json)
    {
        bool isNegative = json.ValueSpan[0] == '-';
        if (json.TryGetInt64(out long integer) && !(integer == 0 && isNegative))
            return new BsonInt64(integer);

        string text = Encoding.ASCII.GetString(json.ValueSpan);
        double real = json.GetDouble();
        // The driver reads negative zero as zero from a double.
        bool isNegativeZero = isNegative && real == 0;
        if (!isNegativeZero && (IsWritten(real, text) || IsWritten((float)real, text)))
            return new BsonDouble(real);
        return Decimal128.TryParse(text, out Decimal128 number)
            ? new BsonDecimal128(number)
            : new BsonDouble(real);
    }

    /// <summary>The number in the form in which the serializer writes it.</summary>
    /// <exception cref="JsonException">The value is infinite or not a number.</exception>
    public static string Text(Decimal128 number)
    {
        if (Decimal128.IsNaN(number) || Decimal128.IsInfinity(number))
            throw new JsonException("A value is not a number.");

        string text = number.ToString();
        // The serializer writes .NET's decimals without an exponent.
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
