using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MimeKit;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>
/// A real mail server, aiosmtpd, in its own process. It can be stopped and started again at the same port.
/// Recipients that begin with <c>rejected</c> are rejected for good, those with <c>later</c> for now.
/// </summary>
internal sealed class MailServer : IAsyncDisposable
{
    public const string User = "sender@example.org";
    public const string Password = "p@ss:wörd/%";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory(
        "sessionauth-mail-"
    );
    private readonly MailTls _tls;
    private readonly bool _requiresLogin;
    private RunningProgram? _process;

    private MailServer(MailTls tls, bool requiresLogin, string host)
    {
        _tls = tls;
        _requiresLogin = requiresLogin;
        MailAuthority.Make(_directory.FullName, host);
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>The certificate to trust.</summary>
    public string Authority => Path.Combine(_directory.FullName, "authority.pem");

    /// <summary>The mails that it has accepted.</summary>
    public IReadOnlyList<TakenMail> Taken =>
        [
            .. _directory
                .GetFiles("*.json")
                .OrderBy(file => file.LastWriteTimeUtc)
                .ThenBy(file => file.Name, StringComparer.Ordinal)
                .Select(TakenMail.Read),
        ];

    /// <param name="tls">How connections are encrypted.</param>
    /// <param name="requiresLogin">Whether senders have to authenticate as <see cref="User"/>.</param>
    /// <param name="host">The host name of its certificate.</param>
    /// <param name="started">Whether it is started.</param>
    public static async Task<MailServer> Start(
        MailTls tls = MailTls.None,
        bool requiresLogin = false,
        string host = "localhost",
        bool started = true
    )
    {
        MailServer server = new(tls, requiresLogin, host);
        if (started)
            await server.StartAgain();
        return server;
    }

    /// <summary>The settings of a node that sends through this server.</summary>
    public Dictionary<string, string> Settings(string? password = null)
    {
        string scheme = _tls == MailTls.Implicit ? "smtps" : "smtp";
        string login = _requiresLogin
            ? $"{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(password ?? Password)}@"
            : "";
        string without = _tls == MailTls.None ? "?tls=none" : "";
        return new()
        {
            ["SMTP_URL"] = $"{scheme}://{login}localhost:{Port}{without}",
            ["MAIL_FROM"] = "SessionAuth <no-reply@nodeauth.dev>",
        };
    }

    public async Task StartAgain()
    {
        string settings = JsonSerializer.Serialize(
            new
            {
                port = Port,
                directory = _directory.FullName,
                tls = _tls.ToString().ToLower(CultureInfo.InvariantCulture),
                certificate = Path.Combine(_directory.FullName, "server.pem"),
                user = _requiresLogin ? User : null,
                password = Password,
            }
        );
        _process = RunningProgram.Start(
            // The Python that Debian's packages are installed for.
            "/usr/bin/python3",
            [Path.Combine(AppContext.BaseDirectory, "Mail", "mail-server.py"), settings],
            _directory.FullName,
            new Dictionary<string, string>()
        );
        await _process.Says("ready");
    }

    public async Task Stop()
    {
        if (_process is null)
            return;
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Waits until a mail to a recipient has been accepted.</summary>
    public async Task<TakenMail> Mail(string to)
    {
        TakenMail? found = null;
        await Eventually.Holds(
            TimeSpan.FromSeconds(40),
            () =>
            {
                found = Taken.FirstOrDefault(mail => mail.To.Contains(to));
                return Task.FromResult(found is not null);
            }
        );
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _directory.Delete(recursive: true);
    }
}

/// <summary>How a mail server encrypts.</summary>
internal enum MailTls
{
    None,
    StartTls,
    Implicit,
}

/// <summary>A mail as the server accepted it.</summary>
/// <param name="From">The sender in the envelope.</param>
/// <param name="To">The recipients in the envelope.</param>
/// <param name="Encrypted">Whether the connection was encrypted.</param>
/// <param name="User">The user that the sender authenticated as.</param>
/// <param name="Connection">The number of the connection.</param>
/// <param name="Content">The whole message.</param>
internal sealed record TakenMail(
    string From,
    IReadOnlyList<string> To,
    bool Encrypted,
    string? User,
    int Connection,
    string Content
)
{
    /// <summary>The parsed message.</summary>
    [JsonIgnore]
    public MimeMessage Message
    {
        get
        {
            using MemoryStream content = new(Encoding.Latin1.GetBytes(Content));
            return MimeMessage.Load(content);
        }
    }

    /// <summary>The link in its text, if any.</summary>
    [JsonIgnore]
    public string Link =>
        Message.TextBody!.Split('\n').Select(line => line.Trim()).First(line => line.Contains('#'));

    public static TakenMail Read(FileInfo file) =>
        JsonSerializer.Deserialize<TakenMail>(
            File.ReadAllText(file.FullName),
            JsonSerializerOptions.Web
        )!;
}
