using System.Diagnostics;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>What the programs do with a command line that they do not know.</summary>
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
    [InlineData("Silo", 2, "no command 'start'", "start")]
    [InlineData("Silo", 2, "no option --mongo", "--mongo", "x")]
    [InlineData("Silo", 0, "Usage: dotnet run --project Silo", "-h")]
    [InlineData("Ui", 2, "no command 'serve'", "serve")]
    [InlineData("Ui", 2, "no option --api", "--api", "x")]
    [InlineData("Ui", 0, "Usage: dotnet run --project Ui", "--help")]
    public async Task What_there_is_not_is_answered_with_what_there_is(
        string program,
        int exitCode,
        string said,
        params string[] arguments
    )
    {
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, $"SessionAuth.{program}.dll"), .. arguments]
        )
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        string errors = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains(said, exitCode == 0 ? await output : errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", exitCode == 0 ? await output : errors, StringComparison.Ordinal);
        Assert.Empty(exitCode == 0 ? errors : await output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public async Task Settings_and_the_options_of_the_host_are_taken()
    {
        int port = NodeProgram.FreePort();

        await using NodeProgram node = await NodeProgram.Start(
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
