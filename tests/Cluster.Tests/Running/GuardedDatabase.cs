using SessionAuth.MongoServer;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>
/// A database as in production: TLS with a private certificate authority, and one user for one database.
/// </summary>
public sealed class GuardedDatabase : IAsyncLifetime
{
    public const string Database = "sessionauth";
    public const string User = "sessionauth";
    public const string Password = "a-password-of-the-database";

    private readonly string _directory = Directory
        .CreateTempSubdirectory("sessionauth-guarded-")
        .FullName;
    private MongoProcess? _mongo;

    /// <summary>With the user and the password.</summary>
    public string Url => _mongo!.ConnectionString;

    /// <summary>The certificate of the authority to trust.</summary>
    public string AuthorityFile => Path.Combine(_directory, "authority.pem");

    public async Task InitializeAsync() =>
        _mongo = await MongoProcess.Start(
            access: new()
            {
                User = User,
                Password = Password,
                Database = Database,
                AuthorityFile = AuthorityFile,
            }
        );

    public async Task DisposeAsync()
    {
        if (_mongo is not null)
            await _mongo.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
