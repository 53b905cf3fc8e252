using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using SessionAuth.Domain;

namespace SessionAuth.Api.Passkeys;

/// <summary>A credential as a browser wrote it, before anything in it is believed.</summary>
/// <param name="Json">The whole, for the framework's handler.</param>
/// <param name="User">The user whom it names; null when it names none.</param>
internal sealed record Credential(string Json, UserId? User)
{
    // A whole certificate chain would fit; what a browser adds beside is its own business.
    private const int Longest = 16 * 1024;

    /// <summary>Reads a credential; null when it is none that could be good.</summary>
    public static Credential? Read(JsonElement element)
    {
        string json = element.GetRawText();
        if (json.Length > Longest || Parse(json) is not { } parts)
            return null;

        // The handler goes by the one and does not look at the other.
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
            // There is no way to ask.
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

/// <summary>Those members of a credential that are looked at before the framework's handler looks at all.</summary>
internal sealed record CredentialParts(string? Id, string? RawId, CredentialParts.Answer? Response)
{
    internal sealed record Answer(string? UserHandle);
}
