using SessionAuth.Api.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>Starts of the program with valid and invalid settings.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    private string Secrets => Path.Combine(_directory, "data", "secrets.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public static TheoryData<string, string> InvalidSettings =>
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
            { "APPS_FILE", "/nowhere/apps.json" },
            { "APPS_FILE", "/etc/hostname" },
            { "APPS_FILE", "" },
            { "PASSWORD_HASH_MEMORY_KIB", "1024" },
            { "PASSWORD_HASH_ITERATIONS", "1" },
            { "COARSE_WRITE_INTERVAL", "00:00:00" },
            { "PASSWORD_HASH_QUEUE_PER_CORE", "0" },
            { "SIGN_IN_THROTTLE", "maybe" },
            { "SIGN_IN_FAILURES_PER_EMAIL", "1000" },
            { "SIGN_IN_LONGEST_DELAY", "1.00:00:00" },
            { "COOKIE_SIGNATURE", "short" },
            { "SIGNING_KEYS", "bm90IGEga2V5IGJ1dCBzZWNyZXQ=" },
            { "SMTP_URL", "smtp://localhost" },
            { "SMTP_URL", "mail.example.org" },
            { "MAIL_FROM", "nobody" },
            { "REGISTRATION", "maybe" },
            { "UNVERIFIED_SIGN_IN", "maybe" },
            { "TWO_FACTOR", "maybe" },
            { "DEVICE_DATA_RETENTION", "00:00:01" },
            { "DATA_DIR", "" },
            { "DATA_DIR", "/dev/null/x" },
            { "PORT", "" },
        };

    [Theory]
    [MemberData(nameof(InvalidSettings))]
    public async Task Invalid_setting_stops_the_start_with_one_sentence_that_names_it(
        string setting,
        string value
    )
    {
        RefusedStart refused = await RefusedStart.Of(
            _directory,
            new Dictionary<string, string> { [setting] = value }
        );
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_prints_the_problem_of_a_setting_alone_and_exits_with_1()
    {
        (int exitCode, string output) = await Run(new() { ["ACCESS_TOKEN_LIFETIME"] = "soon" });
        Assert.Equal(1, exitCode);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("SessionAuth cannot start. ", line, StringComparison.Ordinal);
        Assert.Contains("ACCESS_TOKEN_LIFETIME", line, StringComparison.Ordinal);
    }

    public static TheoryData<string?, string?, string> InvalidSecrets
    {
        get
        {
            string strong = KnownSecrets.NewSecret();
            return new()
            {
                { null, strong, "COOKIE_SIGNATURE must be set" },
                { strong, null, "JWT_SIGNATURE must be set" },
                { strong, "short", "JWT_SIGNATURE is too weak" },
                { new string('a', 64), strong, "COOKIE_SIGNATURE is too weak" },
                { "example" + KnownSecrets.NewSecret(), strong, "COOKIE_SIGNATURE is an example" },
                { strong, "change-me-" + KnownSecrets.NewSecret(), "JWT_SIGNATURE is an example" },
                { strong, strong, "must not share a secret" },
                { strong, $"{KnownSecrets.NewSecret()},{strong}", "must not share a secret" },
                { $"{strong},short", KnownSecrets.NewSecret(), "COOKIE_SIGNATURE is too weak" },
            };
        }
    }

    [Theory(
        DisplayName = "S-54 A secret that is missing, weak, an example or used twice stops the start, and is not printed"
    )]
    [MemberData(nameof(InvalidSecrets))]
    public async Task Invalid_secret_stops_the_start_and_is_not_printed(
        string? cookies,
        string? tokens,
        string problem
    )
    {
        RefusedStart refused = await RefusedStart.Of(_directory, InCluster(cookies, tokens));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        AssertNotPrinted(refused.Message + refused.Log, cookies, tokens);
        Assert.False(File.Exists(Secrets));
    }

    [Fact(DisplayName = "S-54 The program prints no secret and keeps none when one is too weak")]
    public async Task Program_prints_and_keeps_no_weak_secret()
    {
        (string weak, string good) = (new('a', 64), KnownSecrets.NewSecret());

        (int exitCode, string output) = await Run(InCluster(weak, good));

        Assert.Equal(1, exitCode);
        Assert.Contains("COOKIE_SIGNATURE is too weak", output, StringComparison.Ordinal);
        AssertNotPrinted(output, weak, good);
        Assert.False(File.Exists(Secrets));
    }

    [Fact(
        DisplayName = "S-54 An embedded node generates its secrets once, readable by its own user only"
    )]
    public async Task Embedded_node_generates_its_secrets_once()
    {
        await using (await Start([])) { }

        string secrets = await File.ReadAllTextAsync(Secrets);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secrets));
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(secrets, "[A-Za-z0-9_-]{43}"));

        await using RunningProgram again = await Start([]);
        Assert.Equal(secrets, await File.ReadAllTextAsync(Secrets));
        Assert.DoesNotContain(secrets[20..40], again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_read_from_env_files_and_the_environment_takes_precedence()
    {
        int fromFile = FreePort.Next();
        await File.WriteAllTextAsync(
            Path.Combine(_directory, ".env"),
            $"PORT={fromFile}\nDATA_DIR=elsewhere\nSIGN_IN_THROTTLE=off\n"
        );
        await using (
            RunningProgram node = await NodeProgram.Start(
                _directory,
                new Dictionary<string, string>()
            )
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

        int fromEnvironment = FreePort.Next();
        await using (RunningProgram node = await Start(new() { ["PORT"] = $"{fromEnvironment}" }))
            Assert.Contains(
                $"open http://localhost:{fromEnvironment}",
                node.Output,
                StringComparison.Ordinal
            );

        int fromArgument = FreePort.Next();
        await using (
            RunningProgram node = await NodeProgram.Start(
                _directory,
                new Dictionary<string, string>(),
                "--urls",
                $"http://localhost:{fromArgument}"
            )
        )
            Assert.Contains(
                $"open http://localhost:{fromArgument}",
                node.Output,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task Second_process_on_the_same_data_does_not_start_and_says_why()
    {
        await using RunningProgram first = await Start([]);
        (int exitCode, string output) = await Run([]);
        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another process", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Node_that_listens_on_all_interfaces_requires_PUBLIC_URL()
    {
        RefusedStart refused = await RefusedStart.Of(
            _directory,
            new Dictionary<string, string>(),
            "--urls",
            $"http://0.0.0.0:{FreePort.Next()}"
        );
        Assert.Contains("PUBLIC_URL must be set", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_that_sends_mails_requires_PUBLIC_URL()
    {
        RefusedStart refused = await RefusedStart.Of(
            _directory,
            new Dictionary<string, string>(
                InCluster(KnownSecrets.NewSecret(), KnownSecrets.NewSecret())
            )
            {
                ["DATA_KEYS"] = KnownSecrets.NewSecret(),
                ["SMTP_URL"] = "smtps://user:correct-horse@mail.example.org",
                ["MAIL_FROM"] = "no-reply@nodeauth.dev",
            }
        );
        Assert.Contains("SMTP_URL needs PUBLIC_URL", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "correct-horse",
            refused.Message + refused.Log,
            StringComparison.Ordinal
        );
    }

    private static Dictionary<string, string> InCluster(string? cookies, string? tokens)
    {
        Dictionary<string, string> settings = new()
        {
            ["MONGO_URL"] = "mongodb://localhost",
            ["SILO_PORT"] = "11111",
            ["GATEWAY_PORT"] = "30000",
        };
        if (cookies is not null)
            settings["COOKIE_SIGNATURE"] = cookies;
        if (tokens is not null)
            settings["JWT_SIGNATURE"] = tokens;
        return settings;
    }

    private static void AssertNotPrinted(string printed, params string?[] secrets)
    {
        foreach (string secret in secrets.OfType<string>())
            Assert.DoesNotContain(
                secret,
                printed.Replace("example", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
    }

    private Task<(int ExitCode, string Output)> Run(Dictionary<string, string> environment)
    {
        environment.TryAdd("PORT", $"{FreePort.Next()}");
        return NodeProgram.RunToItsEnd(_directory, environment);
    }

    private Task<RunningProgram> Start(Dictionary<string, string> environment)
    {
        environment.TryAdd("PORT", $"{FreePort.Next()}");
        return NodeProgram.Start(_directory, environment);
    }
}
