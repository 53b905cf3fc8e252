using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OtpNet;
using SessionAuth.Api.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Api.Tests.Import;

/// <summary>The import command, run as a process, from a real database into the data of a node.</summary>
[Collection(OnNodeAuth.Name)]
public sealed class ImportTests(NodeAuth nodeAuth, ITestOutputHelper output) : IDisposable
{
    // Of an import that is broken off: thousands are left when it is.
    private const int ManyUsers = 6_000;

    private static int AllUsers =>
        Environment.GetEnvironmentVariable("LONG") == "1" ? 10_000 : 3_000;

    private readonly TargetData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Thousands_of_users_are_imported_and_a_second_run_changes_nothing()
    {
        string url = await nodeAuth.Url(NodeAuth.Users(AllUsers));
        await using ImportProcess first = await ImportProcess.Run(_data.Path, "--from", url);
        IReadOnlyList<string> after = _data.Everything();
        await using ImportProcess second = await ImportProcess.Run(_data.Path, "--from", url);

        WriteOutput(first, second);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains(
            FormattableString.Invariant($"{AllUsers:N0} imported, 0 skipped, 0 refused."),
            first.Output
        );
        Assert.Equal(0, second.ExitCode);
        Assert.Contains(
            FormattableString.Invariant($"0 imported, {AllUsers:N0} skipped, 0 refused."),
            second.Output
        );
        Assert.Equal(after, _data.Everything());
        Assert.Equal(AllUsers, _data.Users().Count);
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
    public async Task Imported_user_signs_in_with_the_old_password_and_its_hash_is_replaced()
    {
        string url = await nodeAuth.Url(NodeAuth.User("Ada.Lovelace@Example.org"));
        await using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);
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
    public async Task Imported_user_with_an_authenticator_app_is_asked_for_its_code()
    {
        byte[] secret = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        string url = await nodeAuth.Url(
            NodeAuth.User("ada@example.org", authenticator: Base32Encoding.ToString(secret))
        );
        await using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);
        Assert.Contains("1 imported", import.Output);
        Assert.DoesNotContain(Base32Encoding.ToString(secret), string.Concat(_data.Everything()));

        await using RunningNode node = await RunningNode.Start(directory: _data.Path);
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage first = await browser.Login("ada@example.org", NodeAuth.Password);
        JsonElement secondStep = await first.Content.ReadFromJsonAsync<JsonElement>();
        bool signedInBefore = await browser.IsSignedIn();
        string code = new Totp(secret).ComputeTotp(node.Clock.GetUtcNow().UtcDateTime);
        using HttpResponseMessage second = await browser.Post("/login/second-factor", new { code });

        Assert.Equal("second-factor", secondStep.GetProperty("next").GetString());
        Assert.False(signedInBefore);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Dry_run_reports_what_would_happen_and_writes_nothing()
    {
        string url = await nodeAuth.Url([
            .. NodeAuth.Users(20),
            NodeAuth.User("no email", hash: NodeAuth.Hash),
        ]);
        await using ImportProcess before = await ImportProcess.Run(
            _data.Path,
            "--dry-run",
            "--from",
            url
        );
        bool madeData = Directory.Exists(_data.Path);
        string some = await nodeAuth.Url(NodeAuth.Users(5));
        await using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", some);
        IReadOnlyList<string> stored = _data.Everything();
        await using ImportProcess after = await ImportProcess.Run(
            _data.Path,
            "--from",
            url,
            "--dry-run"
        );

        WriteOutput(before, import, after);
        Assert.Equal(0, before.ExitCode);
        Assert.Contains("20 would be imported, 0 skipped, 1 refused.", before.Output);
        Assert.False(madeData);
        Assert.Equal(0, after.ExitCode);
        Assert.Contains("15 would be imported, 5 skipped, 1 refused.", after.Output);
        Assert.Equal(stored, _data.Everything());
    }

    [Fact]
    public async Task Import_that_was_killed_and_run_again_imports_each_user_once()
    {
        string url = await nodeAuth.Url(NodeAuth.Users(ManyUsers));
        foreach (int until in (int[])[500, 1500, 3000])
        {
            await using ImportProcess killed = ImportProcess.Start(_data.Path, null, "--from", url);
            await _data.WaitForUsers(until);
            await killed.Kill();
            Assert.InRange(_data.Users().Count, until, ManyUsers - 1);
        }

        await using ImportProcess last = await ImportProcess.Run(_data.Path, "--from", url);

        WriteOutput(last);
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(ManyUsers, _data.Users().Count);
        Assert.Equal(_data.UserIds().Order(), _data.Owners().Order());
    }

    [Fact]
    public async Task Interrupted_import_finishes_the_users_in_progress_and_reports_it()
    {
        string url = await nodeAuth.Url(NodeAuth.Users(ManyUsers));
        await using ImportProcess import = ImportProcess.Start(_data.Path, null, "--from", url);
        await _data.WaitForUsers(500);
        await import.Interrupt();

        WriteOutput(import);
        Assert.Equal(1, import.ExitCode);
        Assert.Contains("run it again to continue", import.Output);
        int made = _data.Users().Count;
        Assert.InRange(made, 500, ManyUsers - 1);
        Assert.Contains(
            FormattableString.Invariant($"{made:N0} imported, 0 skipped, 0 refused."),
            import.Output
        );
        Assert.Equal(made, _data.Count("emails"));
    }

    [Fact]
    public async Task Import_into_the_data_of_a_running_node_is_refused_in_one_sentence()
    {
        string url = await nodeAuth.Url(NodeAuth.Users(1));
        await using RunningNode node = await RunningNode.Start(directory: _data.Path);
        await using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);

        WriteOutput(import);
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
    public async Task Wrong_arguments_print_the_usage(params string[] arguments)
    {
        await using ImportProcess import = await ImportProcess.Run(_data.Path, arguments);

        Assert.Equal(2, import.ExitCode);
        Assert.StartsWith("Usage: ", import.Errors);
        Assert.False(Directory.Exists(_data.Path));
    }

    [Theory]
    [InlineData("localhost:27017", "cannot be read as a connection string")]
    [InlineData("mongodb://user:pa@ss:word@localhost/", "cannot be read as a connection string")]
    [InlineData("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300", "No server")]
    public async Task Unreadable_source_is_reported_in_one_sentence_without_its_URL(
        string url,
        string problem
    )
    {
        await using ImportProcess import = await ImportProcess.Run(_data.Path, "--from", url);

        WriteOutput(import);
        Assert.Equal(1, import.ExitCode);
        Assert.Contains(problem, Assert.Single(Lines(import.Errors)));
        Assert.DoesNotContain("pa@ss", import.Errors + import.Output);
    }

    [Fact]
    public async Task Empty_collection_is_reported_as_a_wrong_name()
    {
        await using ImportProcess import = await ImportProcess.Run(
            _data.Path,
            "--from",
            await nodeAuth.Url(),
            "--database",
            "elsewhere"
        );

        Assert.Equal(1, import.ExitCode);
        Assert.Contains("no documents in elsewhere.user", import.Errors);
    }

    private string HashOf(string email) =>
        _data.Users()[email].GetProperty("PasswordHash").GetString()!;

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void WriteOutput(params ImportProcess[] imports)
    {
        foreach (ImportProcess import in imports)
            output.WriteLine(
                $"[{import.Duration.TotalSeconds:N1} s] {import.Output}{import.Errors}"
            );
    }
}
