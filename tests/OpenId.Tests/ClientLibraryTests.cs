using System.Globalization;
using System.Text.Json;
using SessionAuth.OpenId.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.OpenId.Tests;

/// <summary>Client libraries that are not ours, against a node as people run it.</summary>
public sealed class ClientLibraryTests
{
    [Fact]
    public async Task Openid_client_and_jose_work_as_they_are()
    {
        await ClientPackages.Install();
        string data = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        string secret = TestApplication.NewSecret();
        string port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(data, "apps.json"), Applications(secret));
        await using RunningProgram node = await NodeProgram.Start(
            data,
            new Dictionary<string, string> { ["PORT"] = port, ["APPS_FILE"] = "apps.json" }
        );
        await node.Says("applications");

        await using RunningProgram tests = RunningProgram.Start(
            "node",
            ["--test", "--test-reporter=tap", "flow.test.js"],
            ClientPackages.Folder,
            new Dictionary<string, string>
            {
                ["ISSUER"] = $"http://localhost:{port}/",
                ["WIKI_SECRET"] = secret,
            }
        );
        await tests.Ends();

        Assert.True(tests.ExitCode == 0, tests.Output + node.Output);
    }

    private static string Applications(string secret) =>
        JsonSerializer.Serialize(
            new
            {
                applications = new object[]
                {
                    new
                    {
                        id = "wiki",
                        name = "Wiki",
                        kind = "confidential",
                        redirectUris = (string[])["https://wiki.example.com/callback"],
                        postLogoutRedirectUris = (string[])["https://wiki.example.com/bye"],
                        secretHashes = (string[])[TestApplication.HashOf(secret)],
                        scopes = (string[])["openid", "profile", "email", "offline_access"],
                    },
                    new
                    {
                        id = "phone",
                        name = "Phone app",
                        kind = "public",
                        redirectUris = (string[])["http://127.0.0.1/callback"],
                        scopes = (string[])["openid", "email", "offline_access"],
                    },
                },
            }
        );
}
