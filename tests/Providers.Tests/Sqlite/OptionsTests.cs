using SessionAuth.Providers.Sqlite;

namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class OptionsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, Action<SqliteStorageOptions>> Unusable =>
        new()
        {
            { "DataDirectory", options => options.DataDirectory = " " },
            { "FileName", options => options.FileName = "../elsewhere.db" },
            { "FileName", options => options.FileName = ".." },
            { "Json", options => options.Json = null! },
            { "SweepInterval", options => options.SweepInterval = TimeSpan.Zero },
            { "SweepInterval", options => options.SweepInterval = TimeSpan.FromDays(50) },
            { "ExpiryMargin", options => options.ExpiryMargin = TimeSpan.FromSeconds(-1) },
            { "MaxDocumentBytes", options => options.MaxDocumentBytes = 0 },
            { "MaxFileBytes", options => options.MaxFileBytes = 1 },
        };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Invalid_option_is_refused_by_name_before_anything_is_created(
        string option,
        Action<SqliteStorageOptions> configure
    )
    {
        OrleansConfigurationException refusal =
            await Assert.ThrowsAsync<OrleansConfigurationException>(() =>
                SqliteStore.OpenAsync(_directory.Data, configure)
            );

        Assert.Contains(option, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory.Data));
    }

    public void Dispose() => _directory.Dispose();
}
