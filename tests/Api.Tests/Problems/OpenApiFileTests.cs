using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>The committed <c>docs/openapi.json</c> is the document that the node serves, so that its diff shows every change of the API.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class OpenApiFileTests(SharedNode shared)
{
    private static readonly JsonSerializerOptions s_format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_served_OpenAPI_document_equals_the_committed_one()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage response = await browser.Get("/openapi/v1.json");
        JsonObject document = JsonNode
            .Parse(await response.Content.ReadAsStringAsync())!
            .AsObject();
        // The server URL differs between nodes.
        document.Remove("servers");
        string served = document.ToJsonString(s_format) + "\n";

        string committed = Path.Combine(Repository.Root, "docs", "openapi.json");
        string servedFile = Path.Combine(AppContext.BaseDirectory, "openapi.json");
        await File.WriteAllTextAsync(servedFile, served);
        Assert.True(
            File.Exists(committed) && await File.ReadAllTextAsync(committed) == served,
            $"The API differs from docs/openapi.json. If that is intended: cp {servedFile} {committed}"
        );
    }
}
