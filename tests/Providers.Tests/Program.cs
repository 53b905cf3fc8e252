using SessionAuth.Providers.Tests.Sqlite;

// The tests start this as a second process: it writes documents and prints the key of each acknowledged one until it is
// killed.
await using SqliteStore store = await SqliteStore.OpenAsync(args[0]);
Console.WriteLine("open");
await Task.WhenAll(Enumerable.Range(0, 8).Select(WriteForeverAsync));

async Task WriteForeverAsync(int writer)
{
    for (int number = 0; ; number++)
    {
        string key = $"{Environment.ProcessId}-{writer}-{number}";
        await store.WriteAsync(key, new() { Text = key, Number = number });
        Console.WriteLine(key);
    }
}
