using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SessionAuth.Providers.MongoDB;
using SessionAuth.Providers.Sqlite;
using SessionAuth.Settings;
using SessionAuth.Silo;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>Which deployment the settings describe.</summary>
public sealed class DeploymentTests
{
    [Theory]
    [InlineData(null, typeof(SqliteProvider), false)]
    [InlineData("", typeof(SqliteProvider), false)]
    [InlineData("  ", typeof(SqliteProvider), false)]
    [InlineData("mongodb://localhost", typeof(MongoDBProvider), true)]
    public void Storage_provider_is_the_one_whose_setting_is_set(
        string? mongoUrl,
        Type provider,
        bool isCluster
    )
    {
        Deployment deployment = Read(("MONGO_URL", mongoUrl));

        Assert.IsType(provider, deployment.Storage);
        Assert.Equal(isCluster, deployment.IsCluster);
    }

    [Theory]
    [InlineData("node", false, false)]
    [InlineData("silo", true, false)]
    [InlineData("client", false, true)]
    [InlineData("CLIENT", false, true)]
    public void Role_determines_whether_a_cluster_process_is_a_silo_or_a_client(
        string role,
        bool isSilo,
        bool isClient
    )
    {
        Deployment deployment = Read(("MONGO_URL", "mongodb://localhost"), ("ORLEANS_ROLE", role));

        Assert.Equal((isSilo, isClient), (deployment.IsSilo, deployment.IsClient));
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("client")]
    public void Silo_or_client_without_shared_storage_is_refused(string role)
    {
        SettingsException problem = Assert.Throws<SettingsException>(() =>
            Read(("ORLEANS_ROLE", role))
        );

        Assert.Equal($"ORLEANS_ROLE={role} requires MONGO_URL.", problem.Message);
    }

    [Theory]
    [InlineData("ORLEANS_ROLE", "master", "ORLEANS_ROLE must be node, silo or client.")]
    [InlineData("CLUSTER_NETWORK", "public", "CLUSTER_NETWORK must be loopback or private.")]
    public void Unknown_value_of_a_setting_is_refused_with_the_known_values(
        string setting,
        string value,
        string problem
    ) =>
        Assert.Equal(
            problem,
            Assert
                .Throws<SettingsException>(() =>
                    Read(("MONGO_URL", "mongodb://localhost"), (setting, value))
                )
                .Message
        );

    [Fact]
    public void Cluster_settings_of_an_embedded_node_are_not_validated()
    {
        Assert.False(Read(("CLUSTER_ID", "not a name")).IsCluster);
        Assert.Throws<OptionsValidationException>(() =>
            Read(("MONGO_URL", "mongodb://localhost"), ("CLUSTER_ID", "not a name"))
        );
    }

    private static Deployment Read(params (string Name, string? Value)[] settings) =>
        Deployment.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.ToDictionary(setting => setting.Name, setting => setting.Value)
                )
                .Build()
        );
}
