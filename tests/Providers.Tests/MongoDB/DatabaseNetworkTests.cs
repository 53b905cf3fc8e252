using Microsoft.Extensions.Options;
using SessionAuth.Providers.MongoDB;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>Who could read what goes to the database, or ask it something.</summary>
public sealed class DatabaseNetworkTests
{
    private const string Ours = "sessionauth:password@";

    [Theory(
        DisplayName = "S-60 A database off this machine is reached over TLS, with a look at its certificate"
    )]
    [InlineData($"mongodb://{Ours}192.0.2.1/sessionauth")]
    [InlineData($"mongodb://{Ours}db.example.org/sessionauth?tls=false")]
    [InlineData($"mongodb://{Ours}db.example.org/sessionauth?tls=true&tlsInsecure=true")]
    [InlineData($"mongodb://{Ours}localhost,db.example.org/sessionauth?replicaSet=one")]
    [InlineData($"mongodb+srv://{Ours}db.example.org/sessionauth?tls=false")]
    public void A_database_elsewhere_needs_tls(string url)
    {
        Assert.Contains("without TLS", Problems(url), StringComparison.Ordinal);
        Assert.DoesNotContain("password", Problems(url), StringComparison.Ordinal);
        Assert.Null(Problems(url, "private"));
    }

    [Theory(DisplayName = "S-60 A database off this machine is reached as a user")]
    [InlineData("mongodb://db.example.org/sessionauth?tls=true")]
    [InlineData("mongodb+srv://db.example.org/sessionauth")]
    public void A_database_elsewhere_needs_a_user(string url)
    {
        Assert.Contains("names no user", Problems(url), StringComparison.Ordinal);
        Assert.Null(Problems(url, "private"));
    }

    [Theory]
    [InlineData("mongodb://localhost:27017")]
    [InlineData("mongodb://127.0.0.2:27017,[::1]:27018/?replicaSet=one")]
    [InlineData("mongodb://%2Ftmp%2Fmongodb-27017.sock/sessionauth")]
    [InlineData($"mongodb://{Ours}db.example.org/sessionauth?tls=true")]
    [InlineData($"mongodb://{Ours}db.example.org/sessionauth?ssl=true")]
    [InlineData($"mongodb+srv://{Ours}db.example.org/sessionauth")]
    [InlineData("mongodb://db.example.org/sessionauth?tls=true&authMechanism=MONGODB-X509")]
    public void A_database_that_nobody_else_can_read_is_fine(string url) =>
        Assert.Null(Problems(url));

    [Fact]
    public void The_network_of_the_database_is_public_or_private() =>
        Assert.Contains(
            "MONGO_NETWORK",
            Problems("mongodb://localhost", "loopback"),
            StringComparison.Ordinal
        );

    private static string? Problems(string url, string network = "public")
    {
        ValidateOptionsResult result = new MongoDBSettingsValidator().Validate(
            null,
            new() { MongoUrl = url, MongoNetwork = network }
        );
        return result.FailureMessage;
    }
}
