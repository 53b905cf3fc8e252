using System.Net;
using System.Net.Sockets;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>Unreadable files and arguments: each is reported in one sentence that says what to do and contains no secret.</summary>
public sealed class UnreadableStartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Program_names_a_malformed_env_file_and_exits_with_1()
    {
        string secret = Convert.ToHexString(Guid.NewGuid().ToByteArray());
        await File.WriteAllTextAsync(
            Path.Combine(_directory, ".env"),
            $"COOKIE_SIGNATURE = '{secret}\n"
        );

        (int exitCode, string output) = await NodeProgram.RunToItsEnd(
            _directory,
            new Dictionary<string, string>()
        );

        Assert.Equal(1, exitCode);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("SessionAuth cannot start. ", line, StringComparison.Ordinal);
        Assert.Contains(".env", line, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[..8], line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"COOKIE_SIGNATURE":null,"JWT_SIGNATURE":null}""")]
    [InlineData("""{"COOKIE_SIGNATURE":1,"JWT_SIGNATURE":2}""")]
    public async Task Damaged_secrets_file_is_kept_and_named(string text)
    {
        Directory.CreateDirectory(Path.Combine(_directory, "data"));
        string path = Path.Combine(_directory, "data", "secrets.json");
        await File.WriteAllTextAsync(path, text);

        string sentence = await Refusal();

        Assert.Contains("secrets.json is damaged", sentence, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("nonsense", "--urls must list")]
    [InlineData("ftp://localhost:5080", "--urls must list")]
    [InlineData("http://localhost:0;localhost:5080", "--urls must list")]
    [InlineData("http://localhost:port", "--urls must list")]
    [InlineData("https://127.0.0.1:0", "certificate")]
    public async Task URL_that_cannot_be_listened_on_is_reported(string urls, string expected)
    {
        string sentence = await Refusal("--urls", urls);
        Assert.Contains(expected, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("HTTP://[::1]:5080")]
    [InlineData("http://*:80;https://+:443")]
    [InlineData("http://unix:/run/sessionauth.sock")]
    public void URL_that_Kestrel_accepts_is_accepted(string urls) => ListenUrls.Check(urls);

    [Fact]
    public async Task Port_in_use_is_reported()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        string sentence = await Refusal("--urls", $"http://127.0.0.1:{port}");
        Assert.Contains($"{port}: address already in use", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_secret_counts_as_not_set()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["COOKIE_SIGNATURE"] = "", ["JWT_SIGNATURE"] = "" },
            directory: _directory
        );
        Assert.True(File.Exists(Path.Combine(_directory, "secrets.json")));
    }

    private async Task<string> Refusal(params string[] arguments) =>
        (await RefusedStart.Of(_directory, new Dictionary<string, string>(), arguments)).Message;
}
