using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SessionAuth.Providers.MongoDB;
using SessionAuth.Settings;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>Who can read the traffic to the database or connect to it.</summary>
public sealed class DatabaseNetworkTests
{
    private const string Credentials = "sessionauth:password@";

    [Theory(
        DisplayName = "S-60 Database on another machine requires TLS with certificate validation"
    )]
    [InlineData($"mongodb://{Credentials}192.0.2.1/sessionauth")]
    [InlineData($"mongodb://{Credentials}db.example.org/sessionauth?tls=false")]
    [InlineData($"mongodb://{Credentials}db.example.org/sessionauth?tls=true&tlsInsecure=true")]
    [InlineData($"mongodb://{Credentials}localhost,db.example.org/sessionauth?replicaSet=one")]
    [InlineData($"mongodb+srv://{Credentials}db.example.org/sessionauth?tls=false")]
    public void Database_on_another_machine_requires_TLS_with_certificate_validation(string url)
    {
        Assert.Contains("without TLS", Problems(url), StringComparison.Ordinal);
        Assert.DoesNotContain("password", Problems(url), StringComparison.Ordinal);
        Assert.Null(Problems(url, "private"));
    }

    [Theory(DisplayName = "S-60 Database on another machine requires a user")]
    [InlineData("mongodb://db.example.org/sessionauth?tls=true")]
    [InlineData("mongodb+srv://db.example.org/sessionauth")]
    public void Database_on_another_machine_requires_a_user(string url)
    {
        Assert.Contains("names no user", Problems(url), StringComparison.Ordinal);
        Assert.Null(Problems(url, "private"));
    }

    [Theory]
    [InlineData("mongodb://localhost:27017")]
    [InlineData("mongodb://127.0.0.2:27017,[::1]:27018/?replicaSet=one")]
    [InlineData("mongodb://%2Ftmp%2Fmongodb-27017.sock/sessionauth")]
    [InlineData($"mongodb://{Credentials}db.example.org/sessionauth?tls=true")]
    [InlineData($"mongodb://{Credentials}db.example.org/sessionauth?ssl=true")]
    [InlineData($"mongodb+srv://{Credentials}db.example.org/sessionauth")]
    [InlineData("mongodb://db.example.org/sessionauth?tls=true&authMechanism=MONGODB-X509")]
    public void Database_that_no_one_else_can_read_is_accepted(string url) =>
        Assert.Null(Problems(url));

    [Fact]
    public void Database_network_is_public_or_private() =>
        Assert.Contains(
            "MONGO_NETWORK",
            Problems("mongodb://localhost", "loopback"),
            StringComparison.Ordinal
        );

    private static string? Problems(string url, string network = "public")
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("MONGO_URL", url), new("MONGO_NETWORK", network)])
            .Build();
        try
        {
            configuration.Read(new MongoDBSettingsValidator());
            return null;
        }
        catch (Exception e) when (e is OptionsValidationException or SettingsException)
        {
            return e.Message;
        }
    }
}
