using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Registry;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Cli.Applications;

/// <summary>The entry of a confidential application, as it is written in the file.</summary>
internal static class PrintedEntry
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        // An operator should read "é", not "\u00e9".
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What is wrong with it, without its values.</summary>
    public static IReadOnlyList<string> Problems(Application application) =>
        [
            .. ApplicationRules
                .Problems([application], Origin.HostOf)
                .Select(problem => problem.ToString()),
        ];

    /// <summary>The JSON.</summary>
    public static string Of(Application application) =>
        new JsonObject
        {
            [ApplicationMembers.Id] = application.Id.Value,
            [ApplicationMembers.Name] = application.Name,
            [ApplicationMembers.Kind] = "confidential",
            [ApplicationMembers.RedirectUris] = List(application.RedirectUris),
            [ApplicationMembers.SecretHashes] = List(application.SecretHashes),
            [ApplicationMembers.Scopes] = List(application.Scopes),
        }.ToJsonString(s_json);

    private static JsonArray List(IEnumerable<string> texts) =>
        [.. texts.Select(text => JsonValue.Create(text))];
}
