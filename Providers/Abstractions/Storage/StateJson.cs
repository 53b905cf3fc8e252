using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionAuth.Providers.Storage;

/// <summary>Serializes states as JSON, and refuses those that do not round-trip.</summary>
public static class StateJson
{
    /// <summary>The name of a member in a document, by the serializer's naming policy.</summary>
    public static string MemberName(string member, JsonSerializerOptions options) =>
        options.PropertyNamingPolicy?.ConvertName(member) ?? member;

    /// <summary>Serializes the state.</summary>
    /// <exception cref="StorageRefusedException">The state has a value that JSON cannot represent.</exception>
    public static byte[] Write<T>(T state, JsonSerializerOptions options)
    {
        try
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(state, options);
            // The writer silently replaces an unpaired surrogate by U+FFFD.
            if (HasReplacement(json))
                _ = JsonSerializer.SerializeToUtf8Bytes(state, StrictText.Only(options));
            return json;
        }
        catch (Exception e) when (IsAboutTheState(e))
        {
            throw Refused<T>(e is StrictText.InvalidTextException ? e.Message : Reason(e));
        }
    }

    /// <summary>Verifies that a state round-trips.</summary>
    /// <param name="written">The serialized state.</param>
    /// <param name="read">Deserializes what is about to be stored.</param>
    /// <param name="options">The serializer's options.</param>
    /// <exception cref="StorageRefusedException">It does not, for instance because a member has no setter.</exception>
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
            "it is read back with other values, for instance because a member has no setter or a collection no order"
        );
    }

    /// <summary>Whether the serializer threw the exception because it does not support a type or a value.</summary>
    public static bool IsAboutTheState(Exception error) =>
        error
            is JsonException
                or NotSupportedException
                or InvalidOperationException
                or ArgumentException
                or FormatException
                or OverflowException;

    /// <summary>The exception for a state, which names its type and never a value.</summary>
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

    // Not the serializer's own messages: they contain values.
    private static string Reason(Exception error) =>
        error switch
        {
            JsonException { InnerException: NotSupportedException } or NotSupportedException =>
                "it has a member whose type cannot be serialized",
            JsonException =>
                "it is nested too deeply or has a cycle, or a value cannot be read back into its member",
            _ => "it has a value that JSON cannot represent",
        };

    /// <summary>Serializer options that refuse text that is not valid UTF-16.</summary>
    private static class StrictText
    {
        public static JsonSerializerOptions Only(JsonSerializerOptions options)
        {
            JsonSerializerOptions strict = new(options);
            strict.Converters.Insert(0, new Strings());
            strict.Converters.Insert(0, new Characters());
            return strict;
        }

        public sealed class InvalidTextException()
            : JsonException("it has an unpaired surrogate in a text");

        private static void Require(ReadOnlySpan<char> text)
        {
            while (!text.IsEmpty)
            {
                if (Rune.DecodeFromUtf16(text, out _, out int consumed) != OperationStatus.Done)
                    throw new InvalidTextException();
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
