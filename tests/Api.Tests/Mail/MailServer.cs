using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MimeKit;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>
/// A real server of mails, aiosmtpd, in a process of its own. It can be stopped and started again at the same port.
/// Addresses that begin with <c>rejected</c> it refuses for good, those with <c>later</c> for now.
/// </summary>
internal sealed class MailServer : IAsyncDisposable
{
    public const string User = "sender@example.org";
    public const string Password = "p@ss:wörd/%";

    private static readonly TimeSpan s_startsWithin = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory(
        "sessionauth-mail-"
    );
    private readonly MailTls _tls;
    private readonly bool _wantsLogin;
    private Process? _process;

    private MailServer(MailTls tls, bool wantsLogin, string host)
    {
        _tls = tls;
        _wantsLogin = wantsLogin;
        MailAuthority.Make(_directory.FullName, host);
    }

    public int Port { get; } = NodeProgram.FreePort();

    /// <summary>The certificate to trust.</summary>
    public string Authority => Path.Combine(_directory.FullName, "authority.pem");

    /// <summary>What it has taken.</summary>
    public IReadOnlyList<TakenMail> Taken =>
        [
            .. _directory
                .GetFiles("*.json")
                .OrderBy(file => file.LastWriteTimeUtc)
                .ThenBy(file => file.Name, StringComparer.Ordinal)
                .Select(TakenMail.Read),
        ];

    /// <param name="tls">How it encrypts.</param>
    /// <param name="wantsLogin">Whether it takes mails from <see cref="User"/> alone.</param>
    /// <param name="host">The name that its certificate is for.</param>
    /// <param name="running">Whether it is there from the beginning.</param>
    public static async Task<MailServer> Start(
        MailTls tls = MailTls.None,
        bool wantsLogin = false,
        string host = "localhost",
        bool running = true
    )
    {
        MailServer server = new(tls, wantsLogin, host);
        if (running)
            await server.StartAgain();
        return server;
    }

    /// <summary>The settings of a node that sends by it.</summary>
    public Dictionary<string, string> Settings(string? password = null)
    {
        string scheme = _tls == MailTls.Implicit ? "smtps" : "smtp";
        string login = _wantsLogin
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
                user = _wantsLogin ? User : null,
                password = Password,
            }
        );
        _process = Process.Start(
            new ProcessStartInfo(
                // The one that Debian's packages belong to.
                "/usr/bin/python3",
                [Path.Combine(AppContext.BaseDirectory, "Mail", "mail-server.py"), settings]
            )
            {
                RedirectStandardOutput = true,
                StandardOutputEncoding = Encoding.UTF8,
            }
        )!;
        using CancellationTokenSource patience = new(s_startsWithin);
        Assert.Equal("ready", await _process.StandardOutput.ReadLineAsync(patience.Token));
    }

    public async Task Stop()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Waits until it has taken a mail to an address.</summary>
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

/// <summary>How a server of mails encrypts.</summary>
internal enum MailTls
{
    None,
    StartTls,
    Implicit,
}

/// <summary>A mail as the server took it.</summary>
/// <param name="From">Whom the envelope says that it is from.</param>
/// <param name="To">And to.</param>
/// <param name="Encrypted">Whether it came encrypted.</param>
/// <param name="User">Who had logged in.</param>
/// <param name="Connection">By which connection it came.</param>
/// <param name="Content">All of it.</param>
internal sealed record TakenMail(
    string From,
    IReadOnlyList<string> To,
    bool Encrypted,
    string? User,
    int Connection,
    string Content
)
{
    /// <summary>The message, read.</summary>
    [JsonIgnore]
    public MimeMessage Message
    {
        get
        {
            using MemoryStream content = new(Encoding.Latin1.GetBytes(Content));
            return MimeMessage.Load(content);
        }
    }

    /// <summary>The link in its text, where there is one.</summary>
    [JsonIgnore]
    public string Link =>
        Message.TextBody!.Split('\n').Select(line => line.Trim()).First(line => line.Contains('#'));

    public static TakenMail Read(FileInfo file) =>
        JsonSerializer.Deserialize<TakenMail>(
            File.ReadAllText(file.FullName),
            JsonSerializerOptions.Web
        )!;
}
