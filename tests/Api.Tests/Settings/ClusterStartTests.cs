using System.Security.Cryptography;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>Nodes of a cluster whose settings would expose it: each is refused in one sentence.</summary>
public sealed class ClusterStartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory(DisplayName = "S-59 Silo that other machines could reach does not start")]
    [InlineData("CLUSTER_NETWORK", "public")]
    [InlineData("CLUSTER_NETWORK", "")]
    [InlineData("CLUSTER_NETWORK", "private")]
    [InlineData("ADVERTISED_ADDRESS", "0.0.0.0")]
    [InlineData("ADVERTISED_ADDRESS", "192.0.2.1")]
    [InlineData("ADVERTISED_ADDRESS", "silo.example.org")]
    public async Task Silo_that_other_machines_could_reach_does_not_start(
        string setting,
        string value
    )
    {
        RefusedStart refused = await Refused("mongodb://127.0.0.1:9/", (setting, value));

        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Theory(
        DisplayName = "S-60 Node with an unreadable MONGO_URL does not start and prints nothing of the password"
    )]
    [InlineData("mongodb://sessionauth:before@secret/after@localhost/sessionauth")]
    [InlineData("mongodb://sessionauth:secret%zz@localhost/sessionauth")]
    [InlineData("mongodb://sessionauth:secret@localhost:99999/sessionauth")]
    [InlineData("mongodb://sessionauth:secret@localhost/sessionauth?tls=secret")]
    [InlineData("mongodb://sessionauth:secret@localhost/sessionauth?authMechanism=SECRET")]
    public async Task Node_with_an_unreadable_MONGO_URL_does_not_start_and_prints_nothing_of_the_password(
        string url
    )
    {
        RefusedStart refused = await Refused(url);

        Assert.Contains("MONGO_URL cannot be read", refused.Message, StringComparison.Ordinal);
        PrintsNothingOf("secret", refused);
    }

    [Theory(
        DisplayName = "S-60 Node with a database on another machine does not start without TLS or without a user"
    )]
    [InlineData("mongodb://sessionauth:secret@192.0.2.1/sessionauth", "without TLS")]
    [InlineData("mongodb://192.0.2.1/sessionauth?tls=true", "names no user")]
    public async Task Node_with_a_database_on_another_machine_does_not_start_without_TLS_or_without_a_user(
        string url,
        string reason
    )
    {
        RefusedStart refused = await Refused(url);

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        PrintsNothingOf("secret", refused);
    }

    private static void PrintsNothingOf(string secret, RefusedStart refused)
    {
        Assert.DoesNotContain(secret, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("mongodb://", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, refused.Log, StringComparison.OrdinalIgnoreCase);
    }

    private Task<RefusedStart> Refused(
        string mongoUrl,
        params IEnumerable<(string Name, string Value)> settings
    )
    {
        Dictionary<string, string> all = new()
        {
            ["MONGO_URL"] = mongoUrl,
            ["COOKIE_SIGNATURE"] = NewKey(),
            ["JWT_SIGNATURE"] = NewKey(),
            ["DATA_KEYS"] = NewKey(),
        };
        foreach ((string name, string value) in settings)
            all[name] = value;
        return RefusedStart.Of(_directory, all);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
