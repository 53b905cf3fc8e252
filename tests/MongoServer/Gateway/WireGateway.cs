using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MongoDB.Bson;
using Npgsql;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>
/// Speaks MongoDB's wire protocol on a loopback port and passes commands on to the engine. It holds no data; when the
/// engine is gone it drops its clients, as a server that dies would.
/// </summary>
/// <param name="port">The port; 0 for any.</param>
/// <param name="engine">The database that executes the commands.</param>
/// <param name="access">The user that may connect.</param>
/// <param name="certificate">The TLS certificate; null for no TLS.</param>
internal sealed class WireGateway(
    int port,
    NpgsqlDataSource engine,
    MongoAccess access,
    X509Certificate2? certificate
) : IAsyncDisposable
{
    private readonly ScramUser? _user = access.User is { } user
        ? new(user, access.Password ?? "")
        : null;
    private readonly TcpListener _listener = new(IPAddress.Loopback, port);
    private readonly EngineCommands _commands = new(engine);
    private readonly CancellationTokenSource _stopping = new();
    private Task _accepting = Task.CompletedTask;
    private int _connections;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Start()
    {
        _listener.Start(backlog: 512);
        _accepting = Accept();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Accept()
    {
        while (!_stopping.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            _ = Serve(client, Interlocked.Increment(ref _connections));
        }
    }

    private async Task Serve(TcpClient client, int connection)
    {
        using TcpClient _ = client;
        client.NoDelay = true;
        Guard guard = new(_user, access.Database);
        try
        {
            await using Stream stream = await Open(client);
            while (await WireMessage.Read(stream, _stopping.Token) is { } message)
            {
                BsonDocument answer = await Answer(message.Command, connection, guard);
                if (!message.WantsNoAnswer)
                    await stream.WriteAsync(message.Answer(answer), _stopping.Token);
            }
        }
        catch (Exception e)
            when (e
                    is IOException
                        or AuthenticationException
                        or OperationCanceledException
                        or NpgsqlException
                        or InvalidDataException
            )
        {
            // The client has disconnected or is dropped.
        }
    }

    private async Task<Stream> Open(TcpClient client)
    {
        NetworkStream plain = client.GetStream();
        if (certificate is null)
            return plain;
        SslStream encrypted = new(plain);
        await encrypted.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate },
            _stopping.Token
        );
        return encrypted;
    }

    private async Task<BsonDocument> Answer(BsonDocument command, int connection, Guard guard)
    {
        string name = command.GetElement(0).Name;
        switch (name)
        {
            case "hello" or "isMaster" or "ismaster":
                return guard.Greet(Commands.Hello(connection), command);
            case "buildInfo" or "buildinfo":
                return Commands.BuildInfo;
            case "ping":
                return Commands.Ok;
        }
        if (guard.Answer(name, command) is { } instead)
            return instead;
        if (name is "endSessions" or "getParameter" or "collMod")
            return Commands.Ok;

        string database = command.GetValue("$db", "admin").AsString;
        BsonDocument? answer = await _commands.Run(
            database,
            Commands.ForTheEngine(command),
            _stopping.Token
        );
        return answer ?? Commands.Unknown(name);
    }
}
