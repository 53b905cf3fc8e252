using System.Text;
using System.Text.Json;
using SessionAuth.Providers.Storage;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Serializes states to documents and back.</summary>
internal sealed class StateDocuments(SqliteStorageOptions options)
{
    private readonly Dictionary<string, byte[]> _expiryMembers = options
        .Model.States.Where(state => state.Expires is not null)
        .ToDictionary(
            state => state.Name,
            state => Encoding.UTF8.GetBytes(StateJson.MemberName(state.Expires!, options.Json)),
            StringComparer.Ordinal
        );

    /// <exception cref="StorageRefusedException">The state does not round-trip, or is too large.</exception>
    public (string Text, long? ExpiresAt) Write<T>(string stateName, T state)
    {
        byte[] document = StateJson.Write(state, options.Json);
        if (document.Length > options.MaxDocumentBytes)
        {
            throw new StorageRefusedException(
                $"The document has {document.Length} bytes, more than {options.MaxDocumentBytes} "
                    + $"({nameof(SqliteStorageOptions.MaxDocumentBytes)})."
            );
        }
        StateJson.RequireReadBack(
            document,
            () => JsonSerializer.Deserialize<T>(document, options.Json),
            options.Json
        );
        return (
            Encoding.UTF8.GetString(document),
            _expiryMembers.TryGetValue(stateName, out byte[]? member)
                ? ExpiresAt(document, member)
                : null
        );
    }

    /// <exception cref="JsonException">The text is not a document of this type.</exception>
    public T? Read<T>(string text) => JsonSerializer.Deserialize<T>(text, options.Json);

    // Read from the document, since a provider does not know the types of states.
    private long? ExpiresAt(ReadOnlySpan<byte> document, byte[] member)
    {
        Utf8JsonReader json = new(document, new() { MaxDepth = options.Json.MaxDepth });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isExpiry = json.ValueTextEquals(member);
            json.Read();
            if (isExpiry)
            {
                return
                    json.TokenType == JsonTokenType.String
                    && json.TryGetDateTimeOffset(out DateTimeOffset time)
                    ? time.ToUnixTimeMilliseconds()
                    : null;
            }
            json.Skip();
        }
        return null;
    }
}
