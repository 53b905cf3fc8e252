using SessionAuth.Api.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>Mail is sent over verified TLS only.</summary>
public sealed class MailTlsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory(
        DisplayName = "S-42 A mail server with a valid certificate gets the login and the mail, encrypted"
    )]
    [InlineData("StartTls")]
    [InlineData("Implicit")]
    public async Task Mail_server_with_a_valid_certificate_gets_the_mail(string tls)
    {
        await using MailServer server = await MailServer.Start(
            Enum.Parse<MailTls>(tls),
            requiresLogin: true
        );
        await using RunningProgram node = await Start(server.Settings(), server.Authority);
        string email = await Register(node);

        TakenMail mail = await server.Mail(email);

        Assert.True(mail.Encrypted);
        Assert.Equal(MailServer.User, mail.User);
        Assert.DoesNotContain("Emails cannot be sent", node.Output, StringComparison.Ordinal);
    }

    [Theory(
        DisplayName = "S-42 A mail server whose certificate is of an unknown authority gets nothing"
    )]
    [InlineData("StartTls")]
    [InlineData("Implicit")]
    public async Task Mail_server_with_a_certificate_of_an_unknown_authority_gets_nothing(
        string tls
    )
    {
        await using MailServer server = await MailServer.Start(
            Enum.Parse<MailTls>(tls),
            requiresLogin: true
        );
        await AssertNotSent(server, server.Settings(), authority: null, "the TLS handshake failed");
    }

    [Fact(DisplayName = "S-42 A mail server whose certificate is for another host gets nothing")]
    public async Task Mail_server_with_a_certificate_for_another_host_gets_nothing()
    {
        await using MailServer server = await MailServer.Start(
            MailTls.StartTls,
            host: "mail.example.org"
        );
        await AssertNotSent(
            server,
            server.Settings(),
            server.Authority,
            "the TLS handshake failed"
        );
    }

    [Fact(DisplayName = "S-42 A mail server without TLS gets nothing")]
    public async Task Mail_server_without_TLS_gets_nothing()
    {
        await using MailServer server = await MailServer.Start();
        Dictionary<string, string> settings = server.Settings();
        settings["SMTP_URL"] = $"smtp://localhost:{server.Port}";

        await AssertNotSent(server, settings, server.Authority, "does not offer STARTTLS");
    }

    [Fact]
    public async Task Refused_login_at_the_mail_server_is_logged_without_the_password()
    {
        await using MailServer server = await MailServer.Start(
            MailTls.StartTls,
            requiresLogin: true
        );
        string output = await AssertNotSent(
            server,
            server.Settings(password: "not-the-password"),
            server.Authority,
            "refuses the user or the password"
        );

        Assert.DoesNotContain("not-the-password", output, StringComparison.Ordinal);
    }

    private async Task<string> AssertNotSent(
        MailServer server,
        Dictionary<string, string> settings,
        string? authority,
        string problem
    )
    {
        await using RunningProgram node = await Start(settings, authority);
        string email = await Register(node);

        await Eventually.Holds(
            TimeSpan.FromSeconds(30),
            () =>
                Task.FromResult(
                    node.Output.Contains("Emails cannot be sent", StringComparison.Ordinal)
                )
        );

        Assert.Contains(problem, node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(email, node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("was given up", node.Output, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
        return node.Output;
    }

    private Task<RunningProgram> Start(Dictionary<string, string> settings, string? authority)
    {
        settings["PORT"] = $"{FreePort.Next()}";
        if (authority is not null)
            settings["SSL_CERT_FILE"] = authority;
        return NodeProgram.Start(_directory, settings);
    }

    private static async Task<string> Register(RunningProgram node)
    {
        string email = People.NewEmail();
        string line = node.Output.Split('\n').First(line => line.Contains("is ready: open "));
        using BrowserClient browser = new(line.Split("open ")[1].Trim());
        using HttpResponseMessage registered = await browser.Register(email);
        registered.EnsureSuccessStatusCode();
        return email;
    }
}
