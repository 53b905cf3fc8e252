using System.Net;
using System.Net.Http.Json;
using MimeKit;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>Mails from a request to a real server.</summary>
public sealed class SendingTests
{
    [Fact(
        DisplayName = "S-38 S-39 A mailed link leads to the node's own pages and opens what it is for"
    )]
    public async Task A_mailed_link_opens_what_it_is_for()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        using BrowserClient browser = node.NewBrowser();
        string address = People.NewAddress();
        (await browser.Register(address)).EnsureSuccessStatusCode().Dispose();

        TakenMail mail = await server.Mail(address);
        string[] link = mail.Link.Split('#', '&');
        Assert.Equal($"{node.Url}/verify-address", link[0]);
        Assert.Equal(address, Uri.UnescapeDataString(link[2]));
        using HttpResponseMessage confirmed = await Confirm(browser, link[1]);

        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.True((await browser.Me()).GetProperty("emailVerified").GetBoolean());
    }

    [Fact(DisplayName = "S-38 What a request says of its host does not change where a link leads")]
    public async Task What_a_request_says_of_its_host_does_not_change_a_link()
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
            string address = People.NewAddress();
            using HttpRequestMessage register = new(HttpMethod.Post, "/register")
            {
                Content = JsonContent.Create(new { email = address, password = People.Password }),
            };
            register.Headers.Add(header, value);
            (await browser.Send(register)).EnsureSuccessStatusCode().Dispose();

            TakenMail mail = await server.Mail(address);
            Assert.StartsWith($"{node.Url}/verify-address#", mail.Link, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", mail.Content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_mail_is_one_message_from_the_sender_to_the_address_in_text_and_html()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        using BrowserClient browser = node.NewBrowser();
        string address = People.NewAddress();
        (await browser.Register(address)).EnsureSuccessStatusCode().Dispose();

        TakenMail mail = await server.Mail(address);
        using MimeMessage message = mail.Message;

        Assert.Equal("no-reply@nodeauth.dev", mail.From);
        Assert.Equal([address], mail.To);
        Assert.Equal("SessionAuth", Assert.Single(message.From.Mailboxes).Name);
        Assert.Equal(address, Assert.Single(message.To.Mailboxes).Address);
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
    public async Task A_mail_that_the_server_rejects_is_given_up_and_others_are_sent()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        string rejected = "rejected-" + People.NewAddress();
        await Register(node, rejected);
        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            () => Task.FromResult(Lines(node, "was given up").Count > 0)
        );

        string other = People.NewAddress();
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
    public async Task A_mail_that_the_server_puts_off_is_tried_again_and_tells_no_address()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        string later = "later-" + People.NewAddress();

        await Register(node, later);

        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            () => Task.FromResult(Lines(node, "tried again later").Count > 0)
        );
        Assert.Contains("451", Lines(node, "tried again later")[0], StringComparison.Ordinal);
        Assert.Empty(Lines(node, later));
        Assert.Empty(Lines(node, "was given up"));
    }

    [Fact]
    public async Task A_server_that_is_away_gets_its_mails_when_it_is_back()
    {
        await using MailServer server = await MailServer.Start(running: false);
        await using RunningNode node = await RunningNode.Start(server.Settings());
        string address = People.NewAddress();
        await Register(node, address);
        await Eventually.Holds(
            TimeSpan.FromSeconds(20),
            () => Task.FromResult(Lines(node, "cannot be reached").Count > 0)
        );

        await server.StartAgain();
        node.Clock.Advance(TimeSpan.FromSeconds(16));

        await server.Mail(address);
        await Eventually.Holds(
            TimeSpan.FromSeconds(5),
            () => Task.FromResult(Lines(node, "Mails are sent again").Count == 1)
        );
    }

    [Fact]
    public async Task What_was_not_sent_before_a_stop_is_sent_after_the_start_over_few_connections()
    {
        await using MailServer server = await MailServer.Start(running: false);
        string[] addresses = [.. Enumerable.Range(0, 12).Select(_ => People.NewAddress())];
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        MovedClock clock = new();
        await using (
            RunningNode node = await RunningNode.Start(server.Settings(), directory, clock)
        )
        {
            foreach (string address in addresses)
                await Register(node, address);
        }
        await server.StartAgain();
        clock.Advance(TimeSpan.FromMinutes(1));

        await using (
            RunningNode node = await RunningNode.Start(server.Settings(), directory, clock)
        )
        {
            foreach (string address in addresses)
                await server.Mail(address);
        }

        Assert.Equal(addresses.Length, server.Taken.Count);
        Assert.True(
            server.Taken.Select(mail => mail.Connection).Distinct().Count() < addresses.Length
        );
        Directory.Delete(directory, recursive: true);
    }

    [Theory(
        DisplayName = "S-42 An address with a line break in it is refused, and no mail is sent"
    )]
    [InlineData("\"a\r\nRCPT TO:<b>\"@c")]
    [InlineData("\"a\r\nRCPT TO:<b>\"@example.org")]
    [InlineData("a@example.org\r\nRCPT TO:<b@example.org>")]
    [InlineData("a\nb@example.org")]
    public async Task An_address_with_a_line_break_is_refused(string address)
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        using BrowserClient browser = node.NewBrowser();

        using HttpResponseMessage registered = await browser.Register(address);
        using HttpResponseMessage forgotten = await browser.Post(
            "/password/forgot",
            new { email = address }
        );

        Assert.Equal(HttpStatusCode.BadRequest, registered.StatusCode);
        // Which says the same of every address, and of what is none.
        Assert.Equal(HttpStatusCode.Accepted, forgotten.StatusCode);
        Assert.Empty(server.Taken);
    }

    private static async Task Register(RunningNode node, string address)
    {
        using BrowserClient browser = node.NewBrowser();
        using HttpResponseMessage registered = await browser.Register(address);
        registered.EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> Confirm(BrowserClient browser, string token) =>
        browser.Post("/email/verification/confirm", new { token = Uri.UnescapeDataString(token) });

    private static List<string> Lines(RunningNode node, string text) =>
        [.. node.Log.Lines.Where(line => line.Contains(text, StringComparison.Ordinal))];
}
