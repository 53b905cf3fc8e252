using Npgsql;

namespace SessionAuth.MongoServer.DocumentDb;

/// <summary>Makes the initial data folder of every engine.</summary>
internal static class EngineTemplate
{
    private const string Settings = """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
        cron.database_name = 'postgres'
        max_connections = 250
        """;

    public static async Task Make(CancellationToken cancellationToken)
    {
        string unfinished = EngineImage.Template + "-unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        await Shell.Run(
            "chroot",
            [
                $"--userspec={EngineImage.User}",
                EngineImage.Root,
                $"{EngineImage.Programs}/initdb",
                "-D",
                "/data/" + Path.GetFileName(unfinished),
                "-A",
                "trust",
                "-U",
                "postgres",
                "--no-locale",
                "-E",
                "UTF8",
            ],
            cancellationToken
        );
        await File.AppendAllTextAsync(
            Path.Combine(unfinished, "postgresql.conf"),
            Settings,
            cancellationToken
        );
        await using (Engine engine = await Engine.Start(unfinished, cancellationToken))
        {
            await using NpgsqlDataSource database = NpgsqlDataSource.Create(
                engine.ConnectionString
            );
            await using NpgsqlCommand extension = database.CreateCommand(
                "CREATE EXTENSION documentdb CASCADE"
            );
            await extension.ExecuteNonQueryAsync(cancellationToken);
            await database.DisposeAsync();
            await engine.Stop(cancellationToken);
        }
        Directory.Move(unfinished, EngineImage.Template);
    }
}
