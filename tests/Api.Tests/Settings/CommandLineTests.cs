using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>How the programs answer commands and options.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    [Theory]
    [InlineData("Api", 2, "no command 'improt'", "improt", "--from", "mongodb://localhost")]
    [InlineData("Api", 2, "no command 'PORT=5081'", "PORT=5081")]
    [InlineData("Api", 2, "no option --prot", "--prot", "5081")]
    [InlineData("Api", 2, "no option --verbose", "--urls=http://localhost:0", "--verbose")]
    [InlineData("Api", 2, "--urls needs a value", "--urls")]
    [InlineData("Api", 2, "no command 'import-node-auth'", "--PORT", "5081", "import-node-auth")]
    [InlineData("Api", 0, "import-node-auth --from", "--help")]
    [InlineData("Api", 0, "--dry-run", "import-node-auth", "--help")]
    [InlineData("Api", 0, "keys add [--signs-after <time>]", "--help")]
    [InlineData("Api", 0, "keys remove <id>", "keys", "--help")]
    [InlineData("Api", 0, "keys list", "keys", "list", "--help")]
    [InlineData("Api", 2, "Usage: dotnet run --project Api -- keys list", "keys")]
    [InlineData("Api", 2, "There is no such command", "keys", "improt")]
    [InlineData("Api", 2, "not the id of a key", "keys", "remove", "first")]
    [InlineData("Api", 2, "Required argument 'id' missing", "keys", "remove")]
    [InlineData("Api", 2, "a time such as 24:00:00", "keys", "add", "--signs-after", "soon")]
    [InlineData("Api", 2, "a time such as 24:00:00", "keys", "add", "--signs-after", "91.00:00:00")]
    [InlineData("Api", 2, "a time such as 24:00:00", "keys", "add", "--signs-after", "00:60:00")]
    [InlineData("Api", 0, "apps secret <id> [--name <name>] [--redirect <address>]", "--help")]
    [InlineData("Api", 2, "lower-case letters", "apps", "secret", "Wiki")]
    [InlineData("Api", 2, "Required argument 'id' missing", "apps", "secret")]
    [InlineData("Api", 2, "--name needs a value", "apps", "secret", "wiki", "--name", "")]
    [InlineData("Silo", 2, "no command 'start'", "start")]
    [InlineData("Silo", 2, "no option --mongo", "--mongo", "x")]
    [InlineData("Silo", 0, "Usage: dotnet run --project Silo", "-h")]
    [InlineData("Ui", 2, "no command 'serve'", "serve")]
    [InlineData("Ui", 2, "no option --api", "--api", "x")]
    [InlineData("Ui", 0, "Usage: dotnet run --project Ui", "--help")]
    public async Task Unknown_command_or_option_is_answered_with_the_usage(
        string program,
        int exitCode,
        string expected,
        params string[] arguments
    )
    {
        await using RunningProgram run = RunningProgram.StartOwn(
            $"SessionAuth.{program}.dll",
            _directory,
            new Dictionary<string, string>(),
            arguments
        );
        await run.Ends();

        Assert.Equal(exitCode, run.ExitCode);
        string answer = exitCode == 0 ? run.StandardOutput : run.StandardError;
        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.Contains("Usage:", answer, StringComparison.Ordinal);
        Assert.Empty(exitCode == 0 ? run.StandardError : run.StandardOutput);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public async Task Settings_and_host_options_are_accepted_as_options()
    {
        int port = FreePort.Next();

        await using RunningProgram node = await NodeProgram.Start(
            _directory,
            new Dictionary<string, string>(),
            "--urls",
            $"http://127.0.0.1:{port}",
            "--SIGN_IN_THROTTLE=off",
            "--Logging:LogLevel:Default",
            "Information"
        );

        Assert.Contains("SIGN_IN_THROTTLE is off", node.Output, StringComparison.Ordinal);
        Assert.Contains($":{port}", node.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
