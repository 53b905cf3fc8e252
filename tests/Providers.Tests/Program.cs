using SessionAuth.Providers.Tests.Sqlite;

// What a test starts as a second process: writes document after document and prints the key of each one
// that was acknowledged, until somebody kills it.
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
