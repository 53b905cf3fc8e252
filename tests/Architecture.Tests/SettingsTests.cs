using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace SessionAuth.Architecture.Tests;

/// <summary>What is written of the settings, beside what the code does.</summary>
public sealed partial class SettingsTests
{
    private static readonly string s_root = VersionTests.Root();

    private static readonly string[] s_rooms =
    [
        "SessionAuth.Api",
        "SessionAuth.Clustering",
        "SessionAuth.Grains",
        "SessionAuth.Hosting",
        "SessionAuth.Mail",
        "SessionAuth.Providers.MongoDB",
        "SessionAuth.Silo",
    ];

    // What the code works out when nothing is set.
    private static readonly Dictionary<string, string> s_inWords = new()
    {
        ["PUBLIC_URL"] = "the address listened on",
        ["API_URL"] = "`PUBLIC_URL`",
        ["TRUSTED_PROXIES"] = "none",
        ["COOKIE_SIGNATURE"] = "made in `DATA_DIR`",
        ["JWT_SIGNATURE"] = "made in `DATA_DIR`",
        ["DATA_KEYS"] = "made in `DATA_DIR`",
        ["MONGO_URL"] = "none",
        ["BREACHED_PASSWORDS_FILE"] = "none",
        ["SMTP_URL"] = "none",
        ["MAIL_FROM"] = "none",
        ["ADVERTISED_ADDRESS"] = "`127.0.0.1`",
        ["SILO_PORT"] = "`PORT` + 10000",
        ["GATEWAY_PORT"] = "`PORT` + 20000",
    };

    [Fact(
        DisplayName = "S-69 The settings table of the README is what the code has, names and defaults"
    )]
    public void The_readme_says_what_the_code_has()
    {
        Dictionary<string, string> written = Row()
            .Matches(File.ReadAllText(Path.Combine(s_root, "README.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["default"].Value);
        Assert.Equal(
            InCode().OrderBy(setting => setting.Key),
            written.OrderBy(setting => setting.Key)
        );
    }

    [Fact(DisplayName = "S-69 The example file names every setting, with its default")]
    public void The_example_file_names_every_setting()
    {
        string[] lines = File.ReadAllLines(Path.Combine(s_root, ".env.example"));
        foreach ((string name, string value) in InCode())
        {
            string line = Assert.Single(
                lines,
                line => line.StartsWith($"#{name}=", StringComparison.Ordinal)
            );
            if (!s_inWords.ContainsKey(name))
                Assert.Equal($"#{name}={value.Trim('`')}", line);
        }
    }

    [Theory(DisplayName = "S-69 The README writes down what an operator has to know")]
    [InlineData("SIGN_IN_FAILURES_PER_ADDRESS")]
    [InlineData("NIST SP 800-63B-4")]
    [InlineData("younger than ten minutes")]
    [InlineData("MAX_SESSIONS_PER_USER")]
    [InlineData("Single sign-on")]
    [InlineData("Who is allowed what")]
    [InlineData("Secrets rotate")]
    [InlineData("IP addresses")]
    [InlineData("SessionAuth.Security")]
    public void The_readme_writes_down(string what) =>
        Assert.Contains(
            what,
            File.ReadAllText(Path.Combine(s_root, "README.md")),
            StringComparison.Ordinal
        );

    private static Dictionary<string, string> InCode() =>
        s_rooms
            .SelectMany(room => Assembly.Load(room).GetTypes())
            .Where(type => type.GetProperties().Any(IsSetting))
            .SelectMany(type =>
                type.GetProperties()
                    .Where(IsSetting)
                    .Select(property => (property, owner: Activator.CreateInstance(type)))
            )
            .Select(setting =>
                (Name: Name(setting.property), Value: Default(setting.property, setting.owner!))
            )
            // Two rooms that read one setting have one default.
            .Distinct()
            .ToDictionary(setting => setting.Name, setting => setting.Value);

    private static bool IsSetting(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>() is not null;

    private static string Name(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name;

    private static string Default(PropertyInfo property, object owner) =>
        s_inWords.GetValueOrDefault(Name(property))
        ?? "`" + Convert.ToString(property.GetValue(owner), CultureInfo.InvariantCulture) + "`";

    [GeneratedRegex(@"^\| `(?<name>[A-Z_]+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
