using System.Text.RegularExpressions;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Keys;

/// <summary>The commands for keys, run as processes on the data of an embedded node.</summary>
public sealed partial class KeysCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Key_is_added_signs_in_place_of_the_first_and_the_first_is_removed()
    {
        string first = Id(await Succeeds("list"));
        Assert.Matches("ES256  signs since ", await Succeeds("list"));

        string planned = Id(await Succeeds("add"));
        string urgent = Id(await Succeeds("add", "--signs-after", "00:00:00"));

        string[] lines = (await Succeeds("list")).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.Equal([first, urgent, planned], lines.Select(Id));
        Assert.Contains("signed until", lines[0], StringComparison.Ordinal);
        Assert.Contains("signs since", lines[1], StringComparison.Ordinal);
        Assert.Contains("signs from", lines[2], StringComparison.Ordinal);

        Assert.Contains(
            "signs: add another",
            await Fails("remove", urgent),
            StringComparison.Ordinal
        );
        Assert.Contains("is removed", await Succeeds("remove", first), StringComparison.Ordinal);
        Assert.Contains("no key", await Fails("remove", first), StringComparison.Ordinal);
        Assert.Equal(2, Hex().Count(await Succeeds("list")));
    }

    [Fact]
    public async Task Default_of_signs_after_is_a_day_and_24_hours_are_one()
    {
        string byDefault = await Succeeds("add");
        string hours = await Succeeds("add", "--signs-after", "24:00:00");

        Assert.All(
            [byDefault, hours],
            output =>
                Assert.InRange(
                    DateTimeOffset.Parse(
                        output[(output.IndexOf("from ", StringComparison.Ordinal) + 5)..]
                            .TrimEnd('.', '\n'),
                        System.Globalization.CultureInfo.InvariantCulture
                    ) - DateTimeOffset.UtcNow,
                    TimeSpan.FromHours(23),
                    TimeSpan.FromHours(24)
                )
        );
    }

    [Fact]
    public async Task Command_says_that_an_embedded_node_has_to_be_stopped_first()
    {
        await using RunningProgram node = await NodeProgram.Start(
            _directory,
            new Dictionary<string, string>()
        );

        Assert.Contains("in use by another process", await Fails("list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_says_when_the_data_key_is_missing()
    {
        string first = Id(await Succeeds("list"));
        Dictionary<string, string> other = new()
        {
            ["DATA_KEYS"] = Running.KnownSecrets.NewSecret(),
        };

        (int exitCode, string output) = await Run(other, "list");

        Assert.Equal(1, exitCode);
        Assert.Contains("DATA_KEYS has lost", output, StringComparison.Ordinal);
        Assert.Equal(first, Id(await Succeeds("list")));
    }

    private async Task<string> Succeeds(params string[] arguments)
    {
        (int exitCode, string output) = await Run([], arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private async Task<string> Fails(params string[] arguments)
    {
        (int exitCode, string output) = await Run([], arguments);
        Assert.Equal(1, exitCode);
        return output;
    }

    private Task<(int ExitCode, string Output)> Run(
        Dictionary<string, string> settings,
        params string[] arguments
    ) => NodeProgram.RunToItsEnd(_directory, settings, ["keys", .. arguments]);

    private static string Id(string output) => Hex().Match(output).Value;

    [GeneratedRegex(@"\b[0-9a-f]{16}\b")]
    private static partial Regex Hex();
}
