using System.Net;
using System.Net.Sockets;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>Files and arguments that make no sense: each is one sentence that says what to do, and quotes no secret.</summary>
public sealed class UnreadableStartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("PORT=5080\nTHIS IS NOT A SETTING\n", "line 2")]
    [InlineData("COOKIE_SIGNATURE = '{0}\n", "quotation mark")]
    [InlineData("PORT=5080\nJWT_SIGNATURE=\"{0}", "quotation mark")]
    [InlineData("{0} {0}\n", "line 1")]
    public async Task An_env_file_that_is_none_is_named_and_not_quoted(string text, string where)
    {
        string secret = Convert.ToHexString(Guid.NewGuid().ToByteArray());
        await File.WriteAllTextAsync(
            Path.Combine(_directory, ".env"),
            text.Replace("{0}", secret, StringComparison.Ordinal)
        );

        string sentence = await Refusal();

        Assert.Contains(".env", sentence, StringComparison.Ordinal);
        Assert.Contains(where, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[..8], sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"COOKIE_SIGNATURE":null,"JWT_SIGNATURE":null}""")]
    [InlineData("""{"COOKIE_SIGNATURE":1,"JWT_SIGNATURE":2}""")]
    public async Task Secrets_that_are_damaged_are_kept_and_named(string text)
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
    public async Task An_address_that_cannot_be_listened_on_is_said(string urls, string what)
    {
        string sentence = await Refusal("--urls", urls);
        Assert.Contains(what, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("HTTP://[::1]:5080")]
    [InlineData("http://*:80;https://+:443")]
    [InlineData("http://unix:/run/sessionauth.sock")]
    public void An_address_of_any_kind_that_the_server_takes_is_good(string urls) =>
        ListenAddresses.Check(urls);

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        string sentence = await Refusal("--urls", $"http://127.0.0.1:{port}");
        Assert.Contains($"{port}: address already in use", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_set_to_nothing_is_not_set()
    {
        Dictionary<string, string> environment = new()
        {
            ["COOKIE_SIGNATURE"] = "",
            ["JWT_SIGNATURE"] = "",
            ["PORT"] = $"{NodeProgram.FreePort()}",
        };
        await using NodeProgram node = await NodeProgram.Start(_directory, environment);
        Assert.True(File.Exists(Path.Combine(_directory, "data", "secrets.json")));
    }

    private async Task<string> Refusal(params string[] arguments)
    {
        (int exitCode, string output) = await NodeProgram.RunToItsEnd(
            _directory,
            new Dictionary<string, string>(),
            arguments
        );
        Assert.Equal(1, exitCode);
        string sentence = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Last(line => !line.Contains("info: ", StringComparison.Ordinal));
        Assert.StartsWith("SessionAuth cannot start. ", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        return sentence;
    }
}
