using System.Text.Json.Serialization;
using SessionAuth.Domain.Registry;

namespace SessionAuth.Registry.Files;

/// <summary>The file of applications, as it is written. docs/apps.schema.json describes it.</summary>
internal sealed record AppsFileDocument
{
    /// <summary>For editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    [JsonPropertyName(ApplicationMembers.Applications)]
    public required IReadOnlyList<AppsFileEntry?> Applications { get; init; }
}

/// <summary>An entry of the file.</summary>
internal sealed record AppsFileEntry
{
    [JsonPropertyName(ApplicationMembers.Id)]
    public required string Id { get; init; }

    [JsonPropertyName(ApplicationMembers.Name)]
    public required string Name { get; init; }

    [JsonPropertyName(ApplicationMembers.Kind)]
    public required string Kind { get; init; }

    [JsonPropertyName(ApplicationMembers.Origins)]
    public IReadOnlyList<string?> Origins { get; init; } = [];

    [JsonPropertyName(ApplicationMembers.RedirectUris)]
    public IReadOnlyList<string?> RedirectUris { get; init; } = [];

    [JsonPropertyName(ApplicationMembers.PostLogoutRedirectUris)]
    public IReadOnlyList<string?> PostLogoutRedirectUris { get; init; } = [];

    [JsonPropertyName(ApplicationMembers.SecretHashes)]
    public IReadOnlyList<string?> SecretHashes { get; init; } = [];

    [JsonPropertyName(ApplicationMembers.Scopes)]
    public IReadOnlyList<string?> Scopes { get; init; } = [];

    [JsonPropertyName(ApplicationMembers.Audience)]
    public string? Audience { get; init; }

    [JsonPropertyName(ApplicationMembers.RequiresSecondFactor)]
    public bool RequiresSecondFactor { get; init; }

    [JsonPropertyName(ApplicationMembers.MaxAuthenticationAge)]
    public string? MaxAuthenticationAge { get; init; }

    [JsonPropertyName(ApplicationMembers.IdentityTokenAlgorithm)]
    public string IdentityTokenAlgorithm { get; init; } = "ES256";

    [JsonPropertyName(ApplicationMembers.Pkce)]
    public string Pkce { get; init; } = "required";

    [JsonPropertyName(ApplicationMembers.SignOut)]
    public string SignOut { get; init; } = "session";

    [JsonPropertyName(ApplicationMembers.RemoteUser)]
    public string RemoteUser { get; init; } = "id";

    [JsonPropertyName(ApplicationMembers.PassesPreflights)]
    public bool PassesPreflights { get; init; }
}
