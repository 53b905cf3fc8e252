using System.Net;
using System.Net.Http.Json;
using MimeKit;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>Mails, from the request to a real mail server.</summary>
public sealed class SendingTests
{
    [Fact(
        DisplayName = "S-38 S-39 A mailed link leads to the node's own pages and works for its purpose"
    )]
    public async Task Mailed_link_leads_to_the_pages_and_works_for_its_purpose()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        using BrowserClient browser = node.NewBrowser();
        string email = People.NewEmail();
        (await browser.Register(email)).EnsureSuccessStatusCode().Dispose();

        TakenMail mail = await server.Mail(email);
        string[] link = mail.Link.Split('#', '&');
        Assert.Equal($"{node.Url}/verify-email", link[0]);
        Assert.Equal(email, Uri.UnescapeDataString(link[2]));
        using HttpResponseMessage confirmed = await Confirm(browser, link[1]);

        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.True((await browser.Me()).GetProperty("emailVerified").GetBoolean());
    }

    [Fact(DisplayName = "S-38 The host names of a request do not change where mailed links lead")]
    public async Task Host_names_of_a_request_do_not_change_mailed_links()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>(server.Settings()) { ["TRUSTED_PROXIES"] = "127.0.0.1" }
        );
        foreach (
            (string header, string value) in new[]
            {
                ("X-Forwarded-Host", "evil.example"),
                ("X-Forwarded-Proto", "https"),
                ("Forwarded", "host=evil.example;proto=https"),
                ("X-Original-Host", "evil.example"),
                ("Referer", "https://evil.example/"),
            }
        )
        {
            using BrowserClient browser = node.NewBrowser();
            string email = People.NewEmail();
            using HttpRequestMessage register = new(HttpMethod.Post, "/register")
            {
                Content = JsonContent.Create(new { email, password = People.Password }),
            };
            register.Headers.Add(header, value);
            (await browser.Send(register)).EnsureSuccessStatusCode().Dispose();

            TakenMail mail = await server.Mail(email);
            Assert.StartsWith($"{node.Url}/verify-email#", mail.Link, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", mail.Content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Mail_is_one_message_with_text_and_HTML_to_one_recipient()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        using BrowserClient browser = node.NewBrowser();
        string email = People.NewEmail();
        (await browser.Register(email)).EnsureSuccessStatusCode().Dispose();

        TakenMail mail = await server.Mail(email);
        using MimeMessage message = mail.Message;

        Assert.Equal("no-reply@nodeauth.dev", mail.From);
        Assert.Equal([email], mail.To);
        Assert.Equal("SessionAuth", Assert.Single(message.From.Mailboxes).Name);
        Assert.Equal(email, Assert.Single(message.To.Mailboxes).Address);
        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        Assert.EndsWith("@nodeauth.dev", message.MessageId, StringComparison.Ordinal);
        Assert.Contains(
            mail.Link.Replace("&", "&amp;", StringComparison.Ordinal),
            message.HtmlBody,
            StringComparison.Ordinal
        );
        await Task.Delay(500);
        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task Rejected_mail_is_given_up_and_others_are_sent()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        string rejected = "rejected-" + People.NewEmail();
        await Register(node, rejected);
        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            () => Task.FromResult(Lines(node, "was given up").Count > 0)
        );

        string other = People.NewEmail();
        await Register(node, other);

        await server.Mail(other);
        Assert.Contains(
            "550",
            Assert.Single(Lines(node, "was given up")),
            StringComparison.Ordinal
        );
        Assert.Empty(Lines(node, rejected));
    }

    [Fact]
    public async Task Deferred_mail_is_retried_and_its_log_line_has_no_email()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        string later = "later-" + People.NewEmail();

        await Register(node, later);

        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            () => Task.FromResult(Lines(node, "will be retried").Count > 0)
        );
        Assert.Contains("451", Lines(node, "will be retried")[0], StringComparison.Ordinal);
        Assert.Empty(Lines(node, later));
        Assert.Empty(Lines(node, "was given up"));
    }

    [Fact]
    public async Task Mails_are_sent_when_an_unreachable_server_is_back()
    {
        await using MailServer server = await MailServer.Start(started: false);
        await using RunningNode node = await RunningNode.Start(server.Settings());
        string email = People.NewEmail();
        await Register(node, email);
        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            () => Task.FromResult(Lines(node, "cannot be reached").Count > 0)
        );

        await server.StartAgain();
        node.Clock.Advance(TimeSpan.FromSeconds(16));

        await server.Mail(email);
        await Eventually.Holds(
            TimeSpan.FromSeconds(5),
            () => Task.FromResult(Lines(node, "Emails are sent again").Count == 1)
        );
    }

    [Fact]
    public async Task Mails_unsent_at_a_stop_are_sent_after_the_restart_over_few_connections()
    {
        await using MailServer server = await MailServer.Start(started: false);
        string[] emails = [.. Enumerable.Range(0, 12).Select(_ => People.NewEmail())];
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        MovedClock clock = new();
        await using (
            RunningNode node = await RunningNode.Start(server.Settings(), directory, clock)
        )
        {
            foreach (string email in emails)
                await Register(node, email);
        }
        await server.StartAgain();
        clock.Advance(TimeSpan.FromMinutes(1));

        await using (
            RunningNode node = await RunningNode.Start(server.Settings(), directory, clock)
        )
        {
            foreach (string email in emails)
                await server.Mail(email);
        }

        Assert.Equal(emails.Length, server.Taken.Count);
        Assert.True(
            server.Taken.Select(mail => mail.Connection).Distinct().Count() < emails.Length
        );
        Directory.Delete(directory, recursive: true);
    }

    [Theory(DisplayName = "S-42 An email with a line break is refused, and no mail is sent")]
    [InlineData("\"a\r\nRCPT TO:<b>\"@c")]
    [InlineData("\"a\r\nRCPT TO:<b>\"@example.org")]
    [InlineData("a@example.org\r\nRCPT TO:<b@example.org>")]
    [InlineData("a\nb@example.org")]
    public async Task Email_with_a_line_break_is_refused(string email)
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        using BrowserClient browser = node.NewBrowser();

        using HttpResponseMessage registered = await browser.Register(email);
        using HttpResponseMessage forgotten = await browser.Post("/password/forgot", new { email });

        Assert.Equal(HttpStatusCode.BadRequest, registered.StatusCode);
        // Its answer is the same for every email and for text that is not an email.
        Assert.Equal(HttpStatusCode.Accepted, forgotten.StatusCode);
        Assert.Empty(server.Taken);
    }

    private static async Task Register(RunningNode node, string email)
    {
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage registered = await browser.Register(email);
        registered.EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> Confirm(BrowserClient browser, string token) =>
        browser.Post("/email/verification/confirm", new { token = Uri.UnescapeDataString(token) });

    private static List<string> Lines(RunningNode node, string text) =>
        [.. node.Log.Lines.Where(line => line.Contains(text, StringComparison.Ordinal))];
}
