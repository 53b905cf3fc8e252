using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>Whom the program sends mails to, and whom not.</summary>
public sealed class MailTlsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory(
        DisplayName = "S-42 A server whose certificate is good gets the login and the mail, encrypted"
    )]
    [InlineData("StartTls")]
    [InlineData("Implicit")]
    public async Task A_server_whose_certificate_is_good_gets_the_mail(string tls)
    {
        await using MailServer server = await MailServer.Start(
            Enum.Parse<MailTls>(tls),
            wantsLogin: true
        );
        await using NodeProgram node = await Start(server.Settings(), server.Authority);
        string address = await Register(node);

        TakenMail mail = await server.Mail(address);

        Assert.True(mail.Encrypted);
        Assert.Equal(MailServer.User, mail.User);
        Assert.DoesNotContain("Mails cannot be sent", node.Output, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "S-42 A server with a certificate of an unknown authority gets nothing")]
    [InlineData("StartTls")]
    [InlineData("Implicit")]
    public async Task A_certificate_of_an_unknown_authority_gets_nothing(string tls)
    {
        await using MailServer server = await MailServer.Start(
            Enum.Parse<MailTls>(tls),
            wantsLogin: true
        );
        await AssertNotSent(server, server.Settings(), authority: null, "there is no TLS");
    }

    [Fact(DisplayName = "S-42 A server with a certificate for another host gets nothing")]
    public async Task A_certificate_for_another_host_gets_nothing()
    {
        await using MailServer server = await MailServer.Start(
            MailTls.StartTls,
            host: "mail.example.org"
        );
        await AssertNotSent(server, server.Settings(), server.Authority, "there is no TLS");
    }

    [Fact(DisplayName = "S-42 A server that offers no TLS gets nothing")]
    public async Task A_server_that_offers_no_tls_gets_nothing()
    {
        await using MailServer server = await MailServer.Start();
        Dictionary<string, string> settings = server.Settings();
        settings["SMTP_URL"] = $"smtp://localhost:{server.Port}";

        await AssertNotSent(server, settings, server.Authority, "does not offer STARTTLS");
    }

    [Fact]
    public async Task A_login_that_is_refused_is_told_without_the_password()
    {
        await using MailServer server = await MailServer.Start(MailTls.StartTls, wantsLogin: true);
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
        await using NodeProgram node = await Start(settings, authority);
        string address = await Register(node);

        await Eventually.Holds(
            TimeSpan.FromSeconds(30),
            () =>
                Task.FromResult(
                    node.Output.Contains("Mails cannot be sent", StringComparison.Ordinal)
                )
        );

        Assert.Contains(problem, node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(address, node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("was given up", node.Output, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
        return node.Output;
    }

    private Task<NodeProgram> Start(Dictionary<string, string> settings, string? authority)
    {
        settings["PORT"] = $"{NodeProgram.FreePort()}";
        if (authority is not null)
            settings["SSL_CERT_FILE"] = authority;
        return NodeProgram.Start(_directory, settings);
    }

    private static async Task<string> Register(NodeProgram node)
    {
        string address = People.NewAddress();
        string line = node.Output.Split('\n').First(line => line.Contains("is ready: open "));
        using BrowserClient browser = new(line.Split("open ")[1].Trim());
        using HttpResponseMessage registered = await browser.Register(address);
        registered.EnsureSuccessStatusCode();
        return address;
    }
}
