using System.Globalization;
using System.Net;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests;

/// <summary>Front ends and silos in separate processes.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class RoleTests(SharedCluster shared) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("SessionAuth.Silo.dll")]
    [InlineData("SessionAuth.Api.dll")]
    public async Task Front_end_without_a_silo_calls_the_silos_of_other_processes(string program)
    {
        Dictionary<string, string> settings = RunningCluster.Settings(
            shared.Cluster.Mongo.ConnectionString
        );
        await using ClusterNode silo = Node("silo", program);
        await using ClusterNode front = Node("client", "SessionAuth.Api.dll");
        await silo.StartSilo();
        await front.Start();
        using Device ada = new($"{Guid.NewGuid():N}@example.org");

        Assert.Equal(HttpStatusCode.Created, (await ada.Register(front)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ada.Check(front)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ada.SignOut(front)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Check(front)).Status);
        await front.Stop();
        await silo.Stop();

        ClusterNode Node(string role, string assembly)
        {
            int port = FreePort.ForNode();
            return new(
                port,
                "localhost",
                new Dictionary<string, string>(settings)
                {
                    ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                    ["ORLEANS_ROLE"] = role,
                },
                _directory
            )
            {
                Program = assembly,
            };
        }
    }
}
