using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>The program as it is started, well and badly.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    private string Secrets => Path.Combine(_directory, "data", "secrets.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public static TheoryData<string, string> BadSettings =>
        new()
        {
            { "PORT", "0" },
            { "PORT", "70000" },
            { "PORT", "http" },
            { "ROOT_DOMAIN", "not a domain" },
            { "PUBLIC_URL", "nodeauth.dev" },
            { "PUBLIC_URL", "http://nodeauth.dev" },
            { "PUBLIC_URL", "https://nodeauth.dev/path" },
            { "PUBLIC_URL", "https://user@nodeauth.dev" },
            { "PUBLIC_URL", "https://xn--a.example" },
            { "ROOT_DOMAIN", "xn--a.example" },
            { "API_URL", "ftp://nodeauth.dev" },
            { "API_URL", "https://api.nodeauth.dev" },
            { "TRUSTED_PROXIES", "everybody" },
            { "ACCESS_TOKEN_LIFETIME", "soon" },
            { "ACCESS_TOKEN_LIFETIME", "02:00:00" },
            { "REFRESH_GRACE", "-00:00:01" },
            { "SESSION_IDLE_TIMEOUT", "00:00:01" },
            { "SESSION_ABSOLUTE_TIMEOUT", "1.00:00:00" },
            { "MAX_SESSIONS_PER_USER", "0" },
            { "PASSWORD_MIN_LENGTH", "4" },
            { "BREACHED_PASSWORDS_FILE", "/nowhere/passwords.txt" },
            { "BREACHED_PASSWORDS_FILE", "/etc/hostname" },
            { "PASSWORD_HASH_MEMORY_KIB", "1024" },
            { "PASSWORD_HASH_ITERATIONS", "1" },
            { "COARSE_WRITE_INTERVAL", "00:00:00" },
            { "PASSWORD_HASH_QUEUE_PER_CORE", "0" },
            { "SIGN_IN_THROTTLE", "maybe" },
            { "SIGN_IN_FAILURES_PER_ADDRESS", "1000" },
            { "SIGN_IN_LONGEST_DELAY", "1.00:00:00" },
            { "COOKIE_SIGNATURE", "short" },
            { "SMTP_URL", "smtp://localhost" },
            { "SMTP_URL", "mail.example.org" },
            { "MAIL_FROM", "nobody" },
            { "REGISTRATION", "maybe" },
            { "UNVERIFIED_SIGN_IN", "maybe" },
            { "TWO_FACTOR", "maybe" },
            { "TRACE_RETENTION", "00:00:01" },
            { "DATA_DIR", "" },
            { "DATA_DIR", "/dev/null/x" },
            { "PORT", "" },
        };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task A_setting_that_is_not_fit_stops_the_start_with_one_sentence_that_names_it(
        string setting,
        string value
    )
    {
        (int exitCode, string output) = await Run(new() { [setting] = value });
        Assert.Equal(1, exitCode);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("SessionAuth cannot start. ", line, StringComparison.Ordinal);
        Assert.Contains(setting, line, StringComparison.Ordinal);
    }

    public static TheoryData<string?, string?, string> BadSecrets
    {
        get
        {
            string good = KnownSecrets.NewSecret();
            return new()
            {
                { null, good, "COOKIE_SIGNATURE must be set" },
                { good, null, "JWT_SIGNATURE must be set" },
                { good, "short", "JWT_SIGNATURE is too weak" },
                { new string('a', 64), good, "COOKIE_SIGNATURE is too weak" },
                { "example" + KnownSecrets.NewSecret(), good, "COOKIE_SIGNATURE is an example" },
                { good, "change-me-" + KnownSecrets.NewSecret(), "JWT_SIGNATURE is an example" },
                { good, good, "must not share a secret" },
                { good, $"{KnownSecrets.NewSecret()},{good}", "must not share a secret" },
                { $"{good},short", KnownSecrets.NewSecret(), "COOKIE_SIGNATURE is too weak" },
            };
        }
    }

    [Theory(
        DisplayName = "S-54 A secret that is missing, short, an example or used twice stops the start, and is not printed"
    )]
    [MemberData(nameof(BadSecrets))]
    public async Task A_bad_secret_stops_the_start(string? cookies, string? tokens, string problem)
    {
        Dictionary<string, string> environment = new()
        {
            ["MONGO_URL"] = "mongodb://localhost",
            ["SILO_PORT"] = "11111",
            ["GATEWAY_PORT"] = "30000",
        };
        if (cookies is not null)
            environment["COOKIE_SIGNATURE"] = cookies;
        if (tokens is not null)
            environment["JWT_SIGNATURE"] = tokens;

        (int exitCode, string output) = await Run(environment);

        Assert.Equal(1, exitCode);
        Assert.Contains(problem, output, StringComparison.Ordinal);
        foreach (string secret in new[] { cookies, tokens }.OfType<string>())
            Assert.DoesNotContain(
                secret,
                output.Replace("example", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        Assert.False(File.Exists(Secrets));
    }

    [Fact(DisplayName = "S-54 A node on its own makes its secrets once, for its user alone")]
    public async Task A_node_on_its_own_makes_its_secrets_once()
    {
        await using (await Start([])) { }

        string made = await File.ReadAllTextAsync(Secrets);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secrets));
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(made, "[A-Za-z0-9_-]{43}"));

        await using NodeProgram again = await Start([]);
        Assert.Equal(made, await File.ReadAllTextAsync(Secrets));
        Assert.DoesNotContain(made[20..40], again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_read_from_env_files_and_the_environment_wins()
    {
        int fromFile = NodeProgram.FreePort();
        await File.WriteAllTextAsync(
            Path.Combine(_directory, ".env"),
            $"PORT={fromFile}\nDATA_DIR=elsewhere\nSIGN_IN_THROTTLE=off\n"
        );
        await using (
            NodeProgram node = await NodeProgram.Start(_directory, new Dictionary<string, string>())
        )
        {
            Assert.Contains(
                $"open http://localhost:{fromFile}",
                node.Output,
                StringComparison.Ordinal
            );
            Assert.Contains("SIGN_IN_THROTTLE is off", node.Output, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(_directory, "elsewhere", "secrets.json")));
        }

        int fromEnvironment = NodeProgram.FreePort();
        await using (NodeProgram node = await Start(new() { ["PORT"] = $"{fromEnvironment}" }))
            Assert.Contains(
                $"open http://localhost:{fromEnvironment}",
                node.Output,
                StringComparison.Ordinal
            );

        int asked = NodeProgram.FreePort();
        await using (
            NodeProgram node = await NodeProgram.Start(
                _directory,
                new Dictionary<string, string>(),
                "--urls",
                $"http://localhost:{asked}"
            )
        )
            Assert.Contains(
                $"open http://localhost:{asked}",
                node.Output,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_refuses_to_start_and_says_why()
    {
        await using NodeProgram first = await Start([]);
        (int exitCode, string output) = await Run([]);
        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another process", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_node_that_others_can_reach_asks_for_its_public_address()
    {
        (int exitCode, string output) = await NodeProgram.RunToItsEnd(
            _directory,
            new Dictionary<string, string>(),
            "--urls",
            $"http://0.0.0.0:{NodeProgram.FreePort()}"
        );
        Assert.Equal(1, exitCode);
        Assert.Contains("PUBLIC_URL must be set", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_sends_mails_asks_where_their_links_lead()
    {
        (int exitCode, string output) = await Run(
            new()
            {
                ["MONGO_URL"] = "mongodb://localhost",
                ["SILO_PORT"] = "11111",
                ["GATEWAY_PORT"] = "30000",
                ["COOKIE_SIGNATURE"] = KnownSecrets.NewSecret(),
                ["JWT_SIGNATURE"] = KnownSecrets.NewSecret(),
                ["DATA_KEYS"] = KnownSecrets.NewSecret(),
                ["SMTP_URL"] = "smtps://user:correct-horse@mail.example.org",
                ["MAIL_FROM"] = "no-reply@nodeauth.dev",
            }
        );
        Assert.Equal(1, exitCode);
        Assert.Contains("SMTP_URL needs PUBLIC_URL", output, StringComparison.Ordinal);
        Assert.DoesNotContain("correct-horse", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> Run(Dictionary<string, string> environment)
    {
        environment.TryAdd("PORT", $"{NodeProgram.FreePort()}");
        return NodeProgram.RunToItsEnd(_directory, environment);
    }

    private Task<NodeProgram> Start(Dictionary<string, string> environment)
    {
        environment.TryAdd("PORT", $"{NodeProgram.FreePort()}");
        return NodeProgram.Start(_directory, environment);
    }
}
