using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace SessionAuth.Architecture.Tests;

/// <summary>Compares the documented settings with the code.</summary>
public sealed partial class SettingsTests
{
    private static readonly string s_root = Repository.Root;

    private static readonly string[] s_assemblies =
    [
        "SessionAuth.Api",
        "SessionAuth.Checks",
        "SessionAuth.Clustering",
        "SessionAuth.Grains",
        "SessionAuth.Hosting",
        "SessionAuth.Mail",
        "SessionAuth.Providers.MongoDB",
        "SessionAuth.Registry",
        "SessionAuth.Settings",
        "SessionAuth.Silo",
    ];

    // Defaults that the code computes.
    private static readonly Dictionary<string, string> s_describedDefaults = new()
    {
        ["PUBLIC_URL"] = "the URL listened on",
        ["API_URL"] = "`PUBLIC_URL`",
        ["TRUSTED_PROXIES"] = "none",
        ["COOKIE_SIGNATURE"] = "made in `DATA_DIR`",
        ["JWT_SIGNATURE"] = "made in `DATA_DIR`",
        ["DATA_KEYS"] = "made in `DATA_DIR`",
        ["SIGNING_KEYS"] = "made in storage",
        ["APPS_FILE"] = "none",
        ["MONGO_URL"] = "none",
        ["BREACHED_PASSWORDS_FILE"] = "none",
        ["SMTP_URL"] = "none",
        ["MAIL_FROM"] = "none",
        ["ADVERTISED_ADDRESS"] = "`127.0.0.1`",
        ["SILO_PORT"] = "`PORT` + 10000",
        ["CHECK_CACHE_MIB"] = "a twentieth of the memory",
        ["GATEWAY_PORT"] = "`PORT` + 20000",
    };

    [Fact(DisplayName = "S-69 Table in docs settings has the names and defaults of the code")]
    public void Table_in_docs_settings_has_the_names_and_defaults_of_the_code()
    {
        Dictionary<string, string> written = Row()
            .Matches(File.ReadAllText(Path.Combine(s_root, "docs", "settings.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["default"].Value);
        Assert.Equal(
            InCode().OrderBy(setting => setting.Key),
            written.OrderBy(setting => setting.Key)
        );
    }

    [Fact(DisplayName = "S-69 Example file names every setting with its default")]
    public void Example_file_names_every_setting_with_its_default()
    {
        string[] lines = File.ReadAllLines(Path.Combine(s_root, ".env.example"));
        foreach ((string name, string value) in InCode())
        {
            string line = Assert.Single(
                lines,
                line => line.StartsWith($"#{name}=", StringComparison.Ordinal)
            );
            if (!s_describedDefaults.ContainsKey(name))
                Assert.Equal($"#{name}={value.Trim('`')}", line);
        }
    }

    [Theory(DisplayName = "S-69 Documentation covers what operators have to know")]
    [InlineData("settings", "SIGN_IN_FAILURES_PER_EMAIL")]
    [InlineData("settings", "MAX_SESSIONS_PER_USER")]
    [InlineData("settings", "Secrets rotate")]
    [InlineData("security", "NIST SP 800-63B-4")]
    [InlineData("api", "younger than ten minutes")]
    [InlineData("api", "Who is allowed what")]
    [InlineData("promise", "Single sign-on")]
    [InlineData("operations", "IP addresses")]
    [InlineData("operations", "SessionAuth.Security")]
    public void Documentation_covers_what_operators_have_to_know(string document, string what) =>
        Assert.Contains(
            what,
            File.ReadAllText(Path.Combine(s_root, "docs", document + ".md")),
            StringComparison.Ordinal
        );

    private static Dictionary<string, string> InCode() =>
        s_assemblies
            .SelectMany(project => Assembly.Load(project).GetTypes())
            .Where(type => type.GetProperties().Any(IsSetting))
            .SelectMany(type =>
                type.GetProperties()
                    .Where(IsSetting)
                    .Select(property => (property, owner: Activator.CreateInstance(type)))
            )
            .Select(setting =>
                (Name: Name(setting.property), Value: Default(setting.property, setting.owner!))
            )
            // A setting that two projects read has one default.
            .Distinct()
            .ToDictionary(setting => setting.Name, setting => setting.Value);

    private static bool IsSetting(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>() is not null;

    private static string Name(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name;

    private static string Default(PropertyInfo property, object owner) =>
        s_describedDefaults.GetValueOrDefault(Name(property))
        ?? $"`{Text(property.GetValue(owner))}`";

    private static string? Text(object? value) =>
        value is Enum
            ? value.ToString()!.ToLowerInvariant()
            : Convert.ToString(value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(?<name>[A-Z_]+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
