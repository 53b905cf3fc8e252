using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using SessionAuth.Domain;

namespace SessionAuth.Api.Passkeys;

/// <summary>A credential as sent by the browser, not yet verified.</summary>
/// <param name="Json">The complete JSON, for the framework's handler.</param>
/// <param name="User">The user in the user handle; null if there is none.</param>
internal sealed record Credential(string Json, UserId? User)
{
    // Large enough for a complete certificate chain.
    private const int Longest = 16 * 1024;

    /// <summary>Parses a credential; null if it is malformed.</summary>
    public static Credential? Read(JsonElement element)
    {
        string json = element.GetRawText();
        if (json.Length > Longest || Parse(json) is not { } parts)
            return null;

        // The handler uses only one of the two and does not compare them.
        bool same = parts.Id is not null && parts.Id == parts.RawId;
        return same ? new(json, UserOf(parts.Response?.UserHandle)) : null;
    }

    private static CredentialParts? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PasskeysJson.Default.CredentialParts);
        }
        catch (JsonException)
        {
            // There is no Try method.
            return null;
        }
    }

    private static UserId? UserOf(string? handle)
    {
        byte[] bytes = new byte[Base64Url.GetMaxDecodedLength(handle?.Length ?? 0)];
        OperationStatus status = Base64Url.DecodeFromChars(handle, bytes, out _, out int length);
        return
            status == OperationStatus.Done
            && UserId.TryParse(Encoding.UTF8.GetString(bytes, 0, length), out UserId user)
            ? user
            : null;
    }
}

/// <summary>The members of a credential that are read before the framework's handler verifies it.</summary>
internal sealed record CredentialParts(string? Id, string? RawId, CredentialParts.Answer? Response)
{
    internal sealed record Answer(string? UserHandle);
}
