using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Applications;

/// <summary>The command that makes secrets of applications, run as a process.</summary>
public sealed class AppsCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Secret_is_printed_with_an_entry_that_has_its_hash_and_nothing_is_kept()
    {
        (string secret, JsonObject entry) = await Make(
            "wiki",
            "--name",
            "Our wiki é",
            "--redirect",
            "https://wiki.example.com/callback"
        );
        (string other, _) = await Make("wiki");

        Assert.Equal(32, Base64Url.DecodeFromChars(secret).Length);
        Assert.NotEqual(secret, other);
        Assert.Equal("wiki", (string?)entry["id"]);
        Assert.Equal("Our wiki é", (string?)entry["name"]);
        Assert.Equal("confidential", (string?)entry["kind"]);
        Assert.Equal("https://wiki.example.com/callback", (string?)entry["redirectUris"]![0]);
        Assert.Equal(
            Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))),
            (string?)entry["secretHashes"]![0]
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public async Task Node_starts_with_the_entry()
    {
        (_, JsonObject entry) = await Make("wiki", "--redirect", "https://wiki.example.com/");
        string file = Path.Combine(_directory, "apps.json");
        await File.WriteAllTextAsync(
            file,
            new JsonObject { ["applications"] = new JsonArray(entry.DeepClone()) }.ToJsonString()
        );

        await using RunningProgram node = await NodeProgram.Start(
            _directory,
            new Dictionary<string, string> { ["APPS_FILE"] = file }
        );

        Assert.Contains(
            "The file with 1 applications is stored",
            node.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Address_that_no_application_may_have_is_refused_by_the_name_of_the_member()
    {
        (int exitCode, string output) = await Run("wiki", "--redirect", "http://wiki.example.com/");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("wiki: redirectUris must", output, StringComparison.Ordinal);
    }

    private async Task<(string Secret, JsonObject Entry)> Make(params string[] arguments)
    {
        (int exitCode, string output) = await Run(arguments);
        Assert.True(exitCode == 0, output);
        string secret = output.Split('\n')[2].Trim();
        string json = output[output.IndexOf('{', StringComparison.Ordinal)..];
        return (secret, JsonNode.Parse(json)!.AsObject());
    }

    private Task<(int ExitCode, string Output)> Run(params string[] arguments) =>
        NodeProgram.RunToItsEnd(
            _directory,
            new Dictionary<string, string>(),
            ["apps", "secret", .. arguments]
        );
}
