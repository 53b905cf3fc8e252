using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MongoDB.Driver;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>
/// Nodes with a database that has one user for one database and TLS with a private certificate authority.
/// </summary>
public sealed class DatabaseAccessTests(GuardedDatabase database, ITestOutputHelper output)
    : IClassFixture<GuardedDatabase>,
        IDisposable
{
    private const string WrongPassword = "not-the-password-of-the-database";

    private static readonly TimeSpan GivesUpWithin = TimeSpan.FromMinutes(3);

    private readonly string _directory = Directory
        .CreateTempSubdirectory("sessionauth-access-")
        .FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(
        DisplayName = "S-60 Node with the user, password and authority of the database serves requests"
    )]
    public async Task Node_with_the_user_password_and_authority_of_the_database_serves_requests()
    {
        await using ClusterNode node = Node(database.Url);

        await node.Start();

        Device device = new($"{Guid.NewGuid():N}@example.org");
        Assert.Equal(HttpStatusCode.Created, (await device.Register(node)).Status);
        Assert.Equal(HttpStatusCode.OK, (await device.Check(node)).Status);
        Assert.DoesNotContain(GuardedDatabase.Password, node.Output, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "S-60 Node without a database user does not start and names the reason")]
    public async Task Node_without_a_database_user_does_not_start_and_names_the_reason()
    {
        await using ClusterNode node = Node(
            Changed(url => (url.Username, url.Password) = (null, null))
        );

        await RefusesToStart(node, "requires a user and a password");
    }

    [Fact(
        DisplayName = "S-60 Node with a wrong database password does not start and does not print it"
    )]
    public async Task Node_with_a_wrong_database_password_does_not_start_and_does_not_print_it()
    {
        await using ClusterNode node = Node(Changed(url => url.Password = WrongPassword));

        await RefusesToStart(node, "refuses the user or the password");
    }

    [Fact(DisplayName = "S-60 Node that does not trust the database authority does not start")]
    public async Task Node_that_does_not_trust_the_database_authority_does_not_start()
    {
        await using ClusterNode node = Node(database.Url, authorityFile: await AnotherAuthority());

        await RefusesToStart(node, "The remote certificate is invalid");
    }

    [Fact(DisplayName = "S-60 Node whose user has no permission for the database does not start")]
    public async Task Node_whose_user_has_no_permission_for_the_database_does_not_start()
    {
        await using ClusterNode node = Node(database.Url, databaseName: "another");

        await RefusesToStart(node, "has no permission for the database");
    }

    private async Task RefusesToStart(ClusterNode node, string reason)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int exitCode = await node.RunToItsEnd(GivesUpWithin);

        output.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s: {node.Output}");
        Assert.Equal(1, exitCode);
        string sentence = Assert.Single(
            node.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.StartsWith("SessionAuth cannot start. ", sentence, StringComparison.Ordinal);
        Assert.Contains(reason, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(GuardedDatabase.Password, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongPassword, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("mongodb://", sentence, StringComparison.Ordinal);
    }

    private ClusterNode Node(
        string url,
        string databaseName = GuardedDatabase.Database,
        string? authorityFile = null
    )
    {
        int port = FreePort.ForNode();
        Dictionary<string, string> environment = RunningCluster.Settings(url);
        environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        environment["MONGO_DATABASE"] = databaseName;
        // The driver has no setting for an authority: .NET trusts those in this file.
        environment["SSL_CERT_FILE"] = authorityFile ?? database.AuthorityFile;
        return new(port, "localhost", environment, _directory);
    }

    private string Changed(Action<MongoUrlBuilder> change)
    {
        MongoUrlBuilder url = new(database.Url);
        change(url);
        return url.ToString();
    }

    private async Task<string> AnotherAuthority()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=another", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddHours(1)
        );
        string file = Path.Combine(_directory, "another.pem");
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        return file;
    }
}
