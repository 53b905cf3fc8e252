using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OtpNet;
using SessionAuth.Api.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Api.Tests.Import;

/// <summary>The command, run as its users run it, from a real database into a node's own data.</summary>
[Collection(OnNodeAuth.Name)]
public sealed class ImportTests(NodeAuth nodeAuth, ITestOutputHelper output) : IDisposable
{
    private const int Many = 10_000;

    private readonly TargetData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Ten_thousand_users_come_over_and_a_second_run_changes_nothing()
    {
        string url = await nodeAuth.Url(NodeAuth.Users(Many));
        using ImportProcess first = await ImportProcess.Run(_data.Path, "--from", url);
        IReadOnlyList<string> after = _data.Everything();
        using ImportProcess second = await ImportProcess.Run(_data.Path, "--from", url);

        Note(first, second);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("10,000 made, 0 skipped, 0 refused.", first.Output);
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("0 made, 10,000 skipped, 0 refused.", second.Output);
        Assert.Equal(after, _data.Everything());
        Assert.Equal(Many, _data.Users().Count);
        Assert.All(
            _data.Users(),
            user =>
            {
                int number = int.Parse(
                    user.Key["person".Length..user.Key.IndexOf('@')],
                    CultureInfo.InvariantCulture
                );
                bool verified =
                    user.Value.GetProperty("EmailVerifiedAt").ValueKind != JsonValueKind.Null;
                Assert.Equal(number % 3 == 0, verified);
            }
        );
    }

    [Fact]
    public async Task A_user_signs_in_with_the_password_from_before_and_the_hash_is_replaced()
    {
        string url = await nodeAuth.Url(NodeAuth.User("Ada.Lovelace@Example.org"));
        using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);
        string before = HashOf("ada.lovelace@example.org");
        await using (RunningNode node = await RunningNode.Start(directory: _data.Path))
        {
            using BrowserClient browser = node.NewBrowser();
            using HttpResponseMessage wrong = await browser.Login(
                "ada.lovelace@example.org",
                "not the password"
            );
            using HttpResponseMessage right = await browser.Login(
                "ada.lovelace@example.org",
                NodeAuth.Password
            );
            using HttpResponseMessage again = await browser.Login(
                "ada.lovelace@example.org",
                NodeAuth.Password
            );

            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }

        Assert.Equal(NodeAuth.Hash, before);
        Assert.StartsWith("$argon2id$", HashOf("ada.lovelace@example.org"));
    }

    [Fact]
    public async Task A_user_with_an_authenticator_is_asked_for_its_code()
    {
        byte[] secret = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        string url = await nodeAuth.Url(
            NodeAuth.User("ada@example.org", authenticator: Base32Encoding.ToString(secret))
        );
        using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);
        Assert.Contains("1 made", import.Output);
        Assert.DoesNotContain(Base32Encoding.ToString(secret), string.Concat(_data.Everything()));

        await using RunningNode node = await RunningNode.Start(directory: _data.Path);
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage first = await browser.Login("ada@example.org", NodeAuth.Password);
        JsonElement asked = await first.Content.ReadFromJsonAsync<JsonElement>();
        bool signedInBefore = await browser.IsSignedIn();
        string code = new Totp(secret).ComputeTotp(node.Clock.GetUtcNow().UtcDateTime);
        using HttpResponseMessage second = await browser.Post("/login/second-factor", new { code });

        Assert.Equal("second-factor", asked.GetProperty("next").GetString());
        Assert.False(signedInBefore);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_writes_nothing()
    {
        string url = await nodeAuth.Url([
            .. NodeAuth.Users(20),
            NodeAuth.User("no address", hash: NodeAuth.Hash),
        ]);
        using ImportProcess before = await ImportProcess.Run(
            _data.Path,
            "--dry-run",
            "--from",
            url
        );
        bool madeData = Directory.Exists(_data.Path);
        string some = await nodeAuth.Url(NodeAuth.Users(5));
        using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", some);
        IReadOnlyList<string> stored = _data.Everything();
        using ImportProcess after = await ImportProcess.Run(_data.Path, "--from", url, "--dry-run");

        Note(before, import, after);
        Assert.Equal(0, before.ExitCode);
        Assert.Contains("20 would be made, 0 skipped, 1 refused.", before.Output);
        Assert.False(madeData);
        Assert.Equal(0, after.ExitCode);
        Assert.Contains("15 would be made, 5 skipped, 1 refused.", after.Output);
        Assert.Equal(stored, _data.Everything());
    }

    [Fact]
    public async Task Killed_in_the_middle_and_run_again_all_are_there_and_none_twice()
    {
        string url = await nodeAuth.Url(NodeAuth.Users(Many));
        foreach (int until in (int[])[500, 3000, 6000])
        {
            using ImportProcess killed = ImportProcess.Start(_data.Path, null, "--from", url);
            await _data.Holds(until);
            await killed.Kill();
            Assert.InRange(_data.Users().Count, until, Many - 1);
        }

        using ImportProcess last = await ImportProcess.Run(_data.Path, "--from", url);

        Note(last);
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(Many, _data.Users().Count);
        Assert.Equal(_data.UserIds().Order(), _data.Owners().Order());
    }

    [Fact]
    public async Task Interrupted_it_finishes_what_is_under_way_and_says_so()
    {
        string url = await nodeAuth.Url(NodeAuth.Users(Many));
        using ImportProcess import = ImportProcess.Start(_data.Path, null, "--from", url);
        await _data.Holds(500);
        await import.Interrupt();

        Note(import);
        Assert.Equal(1, import.ExitCode);
        Assert.Contains("run it again to go on", import.Output);
        int made = _data.Users().Count;
        Assert.InRange(made, 500, Many - 1);
        Assert.Contains(
            FormattableString.Invariant($"{made:N0} made, 0 skipped, 0 refused."),
            import.Output
        );
        Assert.Equal(made, _data.Count("emails"));
    }

    [Fact]
    public async Task While_a_node_runs_on_the_data_it_says_so_in_one_sentence()
    {
        string url = await nodeAuth.Url(NodeAuth.Users(1));
        await using RunningNode node = await RunningNode.Start(directory: _data.Path);
        using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);

        Note(import);
        Assert.Equal(1, import.ExitCode);
        Assert.Contains("is in use by another process", import.Errors);
        Assert.Single(Lines(import.Errors));
    }

    [Theory]
    [InlineData]
    [InlineData("--from")]
    [InlineData("--dry-run")]
    [InlineData("--from", "mongodb://localhost", "--force")]
    [InlineData("--from", "mongodb://localhost", "--dry-run", "--dry-run")]
    public async Task Wrong_arguments_are_answered_with_the_usage(params string[] arguments)
    {
        using ImportProcess import = await ImportProcess.Run(_data.Path, arguments);

        Assert.Equal(2, import.ExitCode);
        Assert.StartsWith("Usage: ", import.Errors);
        Assert.False(Directory.Exists(_data.Path));
    }

    [Theory]
    [InlineData("localhost:27017", "cannot be read as a connection string")]
    [InlineData("mongodb://user:pa@ss:word@localhost/", "cannot be read as a connection string")]
    [InlineData("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300", "No server")]
    public async Task A_source_that_cannot_be_read_is_one_sentence_without_its_url(
        string url,
        string problem
    )
    {
        using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);

        Note(import);
        Assert.Equal(1, import.ExitCode);
        Assert.Contains(problem, Assert.Single(Lines(import.Errors)));
        Assert.DoesNotContain("pa@ss", import.Errors + import.Output);
    }

    [Fact]
    public async Task A_collection_without_documents_is_a_wrong_name()
    {
        using ImportProcess import = await ImportProcess.Run(
            _data.Path,
            "--from",
            await nodeAuth.Url(),
            "--database",
            "elsewhere"
        );

        Assert.Equal(1, import.ExitCode);
        Assert.Contains("no documents in elsewhere.user", import.Errors);
    }

    private string HashOf(string address) =>
        _data.Users()[address].GetProperty("PasswordHash").GetString()!;

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Note(params ImportProcess[] imports)
    {
        foreach (ImportProcess import in imports)
            output.WriteLine($"[{import.Took.TotalSeconds:N1} s] {import.Output}{import.Errors}");
    }
}
