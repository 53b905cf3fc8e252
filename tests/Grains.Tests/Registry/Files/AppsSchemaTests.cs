using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SessionAuth.Domain.Applications;
using SessionAuth.Registry.Files;

namespace SessionAuth.Grains.Tests.Registry.Files;

/// <summary>The schema and the example of the file of applications, in docs.</summary>
public sealed class AppsSchemaTests
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");

    private static readonly JsonObject s_schema = Parse("apps.schema.json");

    private static JsonObject Entry => s_schema["$defs"]!["application"]!.AsObject();

    [Fact]
    public void Example_keeps_the_schema_and_is_read()
    {
        JsonObject example = Parse("apps.example.json");

        Assert.Empty(Problems(example, s_schema, "$"));
        (IReadOnlyList<Application>? applications, string? problem) = AppsFile.Parse(
            File.ReadAllBytes(Path.Combine(s_docs, "apps.example.json"))
        );
        Assert.Null(problem);
        Assert.Equal(
            Enum.GetValues<ApplicationKind>(),
            applications!.Select(application => application.Kind).Distinct().Order()
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"applications\":[{\"id\":\"a\",\"name\":\"A\"}]}")]
    [InlineData("{\"applications\":[{\"id\":\"A\",\"name\":\"A\",\"kind\":\"public\"}]}")]
    [InlineData("{\"applications\":[{\"id\":\"a\",\"name\":\"A\",\"kind\":\"x\"}]}")]
    [InlineData("{\"applications\":[{\"id\":\"a\",\"name\":\"A\",\"kind\":\"public\",\"x\":1}]}")]
    public void What_breaks_the_schema_is_not_read(string json)
    {
        Assert.NotEmpty(Problems(JsonNode.Parse(json)!, s_schema, "$"));
        Assert.NotNull(AppsFile.Parse(System.Text.Encoding.UTF8.GetBytes(json)).Problem);
    }

    [Fact]
    public void Schema_has_exactly_the_members_that_are_read()
    {
        Assert.Equal(Members(typeof(AppsFileDocument)), Names(s_schema["properties"]));
        Assert.Equal(Members(typeof(AppsFileEntry)), Names(Entry["properties"]));
        Assert.Equal(["applications"], Texts(s_schema["required"]));
        Assert.Equal(["id", "kind", "name"], Texts(Entry["required"]));
    }

    [Fact]
    public void Schema_has_exactly_the_words_that_are_read()
    {
        Assert.Equal(AppsFileWords.Kinds.Keys.Order(), Words("kind"));
        Assert.Equal(AppsFileWords.Algorithms.Keys.Order(), Words("idTokenAlg"));
        Assert.Equal(AppsFileWords.Pkce.Keys.Order(), Words("pkce"));
        Assert.Equal(AppsFileWords.SignOuts.Keys.Order(), Words("signOut"));
        Assert.Equal(AppsFileWords.RemoteUsers.Keys.Order(), Words("remoteUser"));

        static IEnumerable<string> Words(string member) =>
            Texts(Entry["properties"]![member]!["enum"]);
    }

    private static JsonObject Parse(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(s_docs, file)))!.AsObject();

    private static IEnumerable<string> Members(Type type) =>
        type.GetProperties()
            .SelectMany(property =>
                property.GetCustomAttributes(typeof(JsonPropertyNameAttribute), inherit: false)
            )
            .Cast<JsonPropertyNameAttribute>()
            .Select(member => member.Name)
            .Order();

    private static IEnumerable<string> Names(JsonNode? members) =>
        members!.AsObject().Select(member => member.Key).Order();

    private static IEnumerable<string> Texts(JsonNode? list) =>
        list!.AsArray().Select(text => (string)text!).Order();

    // The keywords that the schema uses.
    private static IEnumerable<string> Problems(JsonNode? value, JsonObject schema, string path)
    {
        if (schema["$ref"] is { } reference)
            schema = s_schema["$defs"]![((string)reference!)["#/$defs/".Length..]]!.AsObject();
        if (schema["type"] is JsonValue type && (string)type! != TypeOf(value))
            yield return $"{path} is no {type}";
        if (schema["enum"] is { } words && !Texts(words).Contains((string?)value))
            yield return $"{path} is none of the words";
        if (
            schema["pattern"] is { } pattern
            && !Regex.IsMatch((string?)value ?? "", (string)pattern!)
        )
            yield return $"{path} does not match";
        if (value is JsonObject members)
        {
            foreach (
                string required in Texts(schema["required"])
                    .Where(name => !members.ContainsKey(name))
            )
                yield return $"{path} has no {required}";
            foreach ((string name, JsonNode? member) in members)
            {
                if (schema["properties"]![name] is not JsonObject known)
                    yield return $"{path} has {name}";
                else
                    foreach (string problem in Problems(member, known, $"{path}.{name}"))
                        yield return problem;
            }
        }
        if (value is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                foreach (string problem in Problems(item, schema["items"]!.AsObject(), $"{path}[]"))
                    yield return problem;
            }
        }
    }

    private static string TypeOf(JsonNode? value) =>
        value switch
        {
            JsonObject => "object",
            JsonArray => "array",
            null => "null",
            _ => value.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.String => "string",
                System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False =>
                    "boolean",
                _ => "number",
            },
        };
}
