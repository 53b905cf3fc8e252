namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory(
        "sessionauth-"
    );

    /// <summary>A directory that does not exist yet.</summary>
    public string Data => Path.Combine(_directory.FullName, "data");

    public void Dispose() => _directory.Delete(recursive: true);
}
