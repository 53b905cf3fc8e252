namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class OwnershipTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Second_process_refuses_to_start_and_names_the_file()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);

        using SqliteWriterProcess second = new(_directory.Data);
        (int exitCode, string errors) = await second.EndAsync();

        Assert.NotEqual(0, exitCode);
        Assert.Contains(
            $"{store.File} is in use by another process",
            errors,
            StringComparison.Ordinal
        );
        await store.WriteAsync("still", new());
    }

    [Fact]
    public async Task File_is_released_when_its_process_is_killed()
    {
        using SqliteWriterProcess first = new(_directory.Data);
        Assert.Equal("open", await first.ReadLineAsync());
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            SqliteStore.OpenAsync(_directory.Data)
        );

        await first.KillAsync();

        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        await store.WriteAsync("ours", new());
    }

    [Fact]
    public async Task File_is_released_after_a_stop()
    {
        await using SqliteStore first = await SqliteStore.OpenAsync(_directory.Data);
        await first.WriteAsync("kept", new() { Text = "kept" });
        await first.StopAsync();

        await using SqliteStore second = await SqliteStore.OpenAsync(_directory.Data);

        Assert.Equal("kept", (await second.ReadAsync("kept")).State.Text);
    }

    [Fact]
    public async Task File_is_released_by_a_silo_that_never_reached_its_stop()
    {
        SqliteStore first = await SqliteStore.OpenAsync(_directory.Data);
        await first.WriteAsync("kept", new() { Text = "kept" });
        await first.AbandonAsync();

        await using SqliteStore second = await SqliteStore.OpenAsync(_directory.Data);

        Assert.Equal("kept", (await second.ReadAsync("kept")).State.Text);
    }

    [Fact]
    public async Task File_is_owned_until_the_last_write_has_ended_and_no_longer()
    {
        await using SqliteStore first = await SqliteStore.OpenAsync(_directory.Data);
        Task last;
        using (LockedFile.Of(first.File))
        {
            last = first.WriteAsync("last", new() { Text = "last" });
            await first.StopWithoutWaitingAsync();
            await Assert.ThrowsAsync<StorageUnavailableException>(() =>
                SqliteStore.OpenAsync(_directory.Data)
            );
        }
        await last;

        await Eventually.Holds(CanOpenAsync, "the file is released");
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_files()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        await store.WriteAsync("ada", new());
        await store.ReadAsync("ada");

        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory.Data));
        string[] files = Directory.GetFiles(_directory.Data);
        Assert.Equal(4, files.Length);
        foreach (string file in files)
            Assert.Equal(owner, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Restored_file_that_others_can_read_is_made_private()
    {
        await using (SqliteStore store = await SqliteStore.OpenAsync(_directory.Data))
            await store.WriteAsync("ada", new());
        string file = Path.Combine(_directory.Data, "sessionauth.db");
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);

        await using SqliteStore again = await SqliteStore.OpenAsync(_directory.Data);

        Assert.False(File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public async Task File_of_a_newer_version_is_refused_and_unchanged()
    {
        await using (SqliteStore store = await SqliteStore.OpenAsync(_directory.Data))
            store.Query("PRAGMA user_version = 2");

        OrleansConfigurationException refusal =
            await Assert.ThrowsAsync<OrleansConfigurationException>(() =>
                SqliteStore.OpenAsync(_directory.Data)
            );

        string file = Path.Combine(_directory.Data, "sessionauth.db");
        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("2", SqliteStore.Query(file, "PRAGMA user_version"));
    }

    [Fact]
    public async Task Database_of_another_program_is_refused_and_unchanged()
    {
        Directory.CreateDirectory(_directory.Data);
        string file = Path.Combine(_directory.Data, "sessionauth.db");
        SqliteStore.Query(file, "CREATE TABLE theirs (x)");

        await Assert.ThrowsAsync<OrleansConfigurationException>(() =>
            SqliteStore.OpenAsync(_directory.Data)
        );

        Assert.Equal("1", SqliteStore.Query(file, "SELECT count(*) FROM sqlite_schema"));
        Assert.Equal("delete", SqliteStore.Query(file, "PRAGMA journal_mode"));
    }

    public void Dispose() => _directory.Dispose();

    private async Task<bool> CanOpenAsync()
    {
        try
        {
            await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
            return (await store.ReadAsync("last")).State.Text == "last";
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }
}
