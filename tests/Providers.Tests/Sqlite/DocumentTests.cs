namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class DocumentTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Document_is_readable_JSON_without_type_names()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        await store.WriteAsync(
            "ada",
            new()
            {
                Text = "Zoë & <Ada>",
                Number = 7,
                Colour = Colour.Green,
                ExpiresAt = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
                Items = ["one"],
            },
            "users"
        );

        Assert.Equal(
            """{"Text":"Zoë & <Ada>","Number":7,"Colour":"Green","ExpiresAt":"2030-01-02T03:04:05+02:00","DueAt":null,"Items":["one"]}""",
            store.Query("SELECT doc FROM users WHERE id = 'document/ada'")
        );
        Assert.Equal(
            "1893546245000",
            store.Query("SELECT expires_at FROM users WHERE doc ->> '$.Text' LIKE 'Zo%'")
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("_probe")]
    [InlineData("sqlite_schema")]
    [InlineData("users; DROP TABLE users")]
    [InlineData("us\"ers")]
    [InlineData("1st")]
    public async Task Unusable_state_name_is_refused(string name)
    {
        // The second start finds tables of the provider and of SQLite in the file.
        await using (SqliteStore first = await SqliteStore.OpenAsync(_directory.Data))
            await first.WriteAsync("key", new());
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);

        await Assert.ThrowsAsync<StorageRefusedException>(() => store.ReadAsync("key", name));
        await Assert.ThrowsAsync<StorageRefusedException>(() =>
            store.WriteAsync("key", new(), name)
        );
    }

    [Theory]
    [InlineData("select")]
    [InlineData("Order_Index")]
    public async Task State_name_may_be_an_SQL_keyword(string name)
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);

        await store.WriteAsync("key", new() { Text = "kept" }, name);

        Assert.Equal("kept", (await store.ReadAsync("key", name)).State.Text);
    }

    [Fact]
    public async Task State_names_that_differ_only_in_case_are_refused_also_after_a_restart()
    {
        await using (SqliteStore store = await SqliteStore.OpenAsync(_directory.Data))
        {
            await store.WriteAsync("key", new(), "users");
            await Assert.ThrowsAsync<StorageRefusedException>(() =>
                store.ReadAsync("key", "Users")
            );
        }

        await using SqliteStore again = await SqliteStore.OpenAsync(_directory.Data);

        await Assert.ThrowsAsync<StorageRefusedException>(() => again.ReadAsync("key", "Users"));
    }

    public void Dispose() => _directory.Dispose();
}
