using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using SessionAuth.MongoServer;
using SessionAuth.MongoServer.DocumentDb;
using SessionAuth.MongoServer.Gateway;

// prepare: downloads the engine if it is missing.
// run [--port N] [--data DIR [--temporary]]: runs a server until its standard input ends or Ctrl-C. --data keeps the data;
// with --temporary only until the standard input ends. Access:
//   --user NAME --password PASSWORD [--database NAME]: requires this user, who may use only this database.
//   --tls-authority FILE: requires TLS and writes the authority's certificate to FILE.
string command = args is [{ } first, ..] && !first.StartsWith('-') ? first : "run";
string? Option(string name) =>
    args.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();

if (EngineImage.Missing() is { } missing)
{
    await Console.Error.WriteLineAsync(
        $"The MongoDB-compatible server cannot run here: {missing}."
    );
    return 1;
}
await EngineImage.Prepare(CancellationToken.None);
if (command == "prepare")
{
    Console.WriteLine($"The MongoDB-compatible server is in {EngineImage.Root}");
    return 0;
}

int port = int.Parse(Option("--port") ?? "27017", CultureInfo.InvariantCulture);
string data = Option("--data") ?? await Engine.NewData(CancellationToken.None);
bool keeps = Option("--data") is not null && !args.Contains("--temporary");
MongoAccess access = MongoAccess.From(Option);
using X509Certificate2? certificate = access.AuthorityFile is { } file
    ? await ServerCertificate.Make(file)
    : null;
using CancellationTokenSource stopping = new();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
bool abandoned = false;
await using (Engine engine = await Engine.Start(data, CancellationToken.None))
await using (NpgsqlDataSource database = NpgsqlDataSource.Create(engine.ConnectionString))
await using (WireGateway gateway = new(port, database, access, certificate))
{
    gateway.Start();
    Console.WriteLine($"ENGINE={engine.ProcessId}");
    Console.WriteLine($"MONGO_URL={access.Url(gateway.Port)}");
    Task interrupted = Task.Delay(Timeout.Infinite, stopping.Token);
    // The starting process holds the other end: the server must end with it.
    Task gone = Task.Run(async () =>
    {
        char[] rest = new char[64];
        while (await Console.In.ReadAsync(rest) != 0) { }
    });
    abandoned = await Task.WhenAny(interrupted, gone) == gone;
    await gateway.DisposeAsync();
    await engine.Stop(CancellationToken.None);
}
if (abandoned ? !keeps : Option("--data") is null)
    Directory.Delete(data, recursive: true);
return 0;
