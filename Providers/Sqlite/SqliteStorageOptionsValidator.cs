namespace SessionAuth.Providers.Sqlite;

/// <summary>Validates the options before the file is opened.</summary>
internal sealed class SqliteStorageOptionsValidator(SqliteStorageOptions options, string name)
    : IConfigurationValidator
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    // The longest period of a .NET timer is about 49 days.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    public void ValidateConfiguration()
    {
        Require(!string.IsNullOrWhiteSpace(options.DataDirectory), "DataDirectory is empty");
        Require(
            IsPlainFileName(options.FileName),
            "FileName must be a file name without a directory"
        );
        Require(options.Json is not null, "Json is null");
        Require(options.Model is not null, "Model is null");
        Require(
            options.SweepInterval >= TimeSpan.FromSeconds(1)
                && options.SweepInterval <= LongestTimer,
            "SweepInterval must be between one second and 49 days"
        );
        Require(
            options.ExpiryMargin >= TimeSpan.Zero && options.ExpiryMargin <= Longest,
            "ExpiryMargin must be between zero and ten years"
        );
        // SQLite's limit for a value is 10^9 bytes; below half of that, it never refuses one for its size.
        Require(
            options.MaxDocumentBytes is >= 1024 and <= 512 * 1024 * 1024,
            "MaxDocumentBytes must be between 1 KiB and 512 MiB"
        );
        Require(
            options.MaxFileBytes is null or >= 64 * 1024,
            "MaxFileBytes must be at least 64 KiB, or null"
        );
    }

    private static bool IsPlainFileName(string? fileName) =>
        !string.IsNullOrWhiteSpace(fileName)
        && fileName is not ("." or "..")
        && Path.GetFileName(fileName) == fileName;

    private void Require(bool holds, string problem)
    {
        if (!holds)
            throw new OrleansConfigurationException($"SQLite storage '{name}': {problem}.");
    }
}
