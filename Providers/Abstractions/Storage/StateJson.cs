using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionAuth.Providers.Storage;

/// <summary>States as JSON, and the refusal of those that would not be read back as they were.</summary>
public static class StateJson
{
    /// <summary>The name under which a member stands in a document.</summary>
    public static string MemberName(string member, JsonSerializerOptions options) =>
        options.PropertyNamingPolicy?.ConvertName(member) ?? member;

    /// <summary>Writes the state.</summary>
    /// <exception cref="StorageRefusedException">It has a value that JSON cannot have.</exception>
    public static byte[] Write<T>(T state, JsonSerializerOptions options)
    {
        try
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(state, options);
            // The writer puts U+FFFD in the place of half a surrogate pair without a word.
            if (HasReplacement(json))
                _ = JsonSerializer.SerializeToUtf8Bytes(state, WholeText.Only(options));
            return json;
        }
        catch (Exception e) when (IsAboutTheState(e))
        {
            throw Refused<T>(e is WholeText.BrokenException ? e.Message : Reason(e));
        }
    }

    /// <summary>Checks that what will be read is what was written.</summary>
    /// <param name="written">The state as JSON.</param>
    /// <param name="read">Reads what is about to be stored.</param>
    /// <param name="options">How it was written.</param>
    /// <exception cref="StorageRefusedException">It is not: the state's type has members that are written only.</exception>
    public static void RequireReadBack<T>(
        byte[] written,
        Func<T?> read,
        JsonSerializerOptions options
    )
    {
        try
        {
            byte[] again = JsonSerializer.SerializeToUtf8Bytes(read(), options);
            if (again.AsSpan().SequenceEqual(written) || AreEqual(again, written, options))
                return;
        }
        catch (Exception e) when (IsAboutTheState(e))
        {
            throw Refused<T>(Reason(e));
        }
        throw Refused<T>(
            "it is read back with other values, as where a member has no setter or a collection has no order"
        );
    }

    /// <summary>True for what the serializer throws where a type or a value is none that it can write or read.</summary>
    public static bool IsAboutTheState(Exception error) =>
        error
            is JsonException
                or NotSupportedException
                or InvalidOperationException
                or ArgumentException
                or FormatException
                or OverflowException;

    /// <summary>The refusal, which names the type and never a value.</summary>
    public static StorageRefusedException Refused<T>(string reason) =>
        new($"A state of type {typeof(T).Name} cannot be stored: {reason}.");

    private static bool HasReplacement(ReadOnlySpan<byte> json) =>
        json.IndexOf("\ufffd"u8) >= 0 || json.IndexOf("\\uFFFD"u8) >= 0;

    private static bool AreEqual(byte[] one, byte[] other, JsonSerializerOptions options)
    {
        JsonDocumentOptions reading = new() { MaxDepth = options.MaxDepth };
        using JsonDocument first = JsonDocument.Parse(one, reading);
        using JsonDocument second = JsonDocument.Parse(other, reading);
        return JsonElement.DeepEquals(first.RootElement, second.RootElement);
    }

    // The serializer's own words have values in them.
    private static string Reason(Exception error) =>
        error switch
        {
            JsonException { InnerException: NotSupportedException } or NotSupportedException =>
                "it has a member whose type cannot be read or written",
            JsonException =>
                "it is nested too deeply or in a circle, or a value cannot be read back into its member",
            _ => "it has a value that JSON cannot have",
        };

    /// <summary>Text that is whole UTF-16.</summary>
    private static class WholeText
    {
        public static JsonSerializerOptions Only(JsonSerializerOptions options)
        {
            JsonSerializerOptions strict = new(options);
            strict.Converters.Insert(0, new Strings());
            strict.Converters.Insert(0, new Characters());
            return strict;
        }

        public sealed class BrokenException()
            : JsonException("it has half a surrogate pair in a text");

        private static void Require(ReadOnlySpan<char> text)
        {
            while (!text.IsEmpty)
            {
                if (Rune.DecodeFromUtf16(text, out _, out int consumed) != OperationStatus.Done)
                    throw new BrokenException();
                text = text[consumed..];
            }
        }

        private sealed class Strings : JsonConverter<string>
        {
            public override string? Read(
                ref Utf8JsonReader reader,
                Type typeToConvert,
                JsonSerializerOptions options
            ) => throw new NotSupportedException();

            public override void Write(
                Utf8JsonWriter writer,
                string value,
                JsonSerializerOptions options
            )
            {
                Require(value);
                writer.WriteStringValue(value);
            }

            public override void WriteAsPropertyName(
                Utf8JsonWriter writer,
                string value,
                JsonSerializerOptions options
            )
            {
                Require(value);
                writer.WritePropertyName(value);
            }
        }

        private sealed class Characters : JsonConverter<char>
        {
            public override char Read(
                ref Utf8JsonReader reader,
                Type typeToConvert,
                JsonSerializerOptions options
            ) => throw new NotSupportedException();

            public override void Write(
                Utf8JsonWriter writer,
                char value,
                JsonSerializerOptions options
            )
            {
                Require([value]);
                writer.WriteStringValue([value]);
            }

            public override void WriteAsPropertyName(
                Utf8JsonWriter writer,
                char value,
                JsonSerializerOptions options
            )
            {
                Require([value]);
                writer.WritePropertyName([value]);
            }
        }
    }
}
