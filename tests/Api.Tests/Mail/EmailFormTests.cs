using System.Net;
using MimeKit;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>Mails arrive at every form of email that is accepted. The mail server offers SMTPUTF8, which must not be needed.</summary>
public sealed class EmailFormTests
{
    private static readonly string s_longestLocalPart = new('l', 64);

    // The email as it is typed, and the recipient of the mail.
    private static readonly (string Typed, string Mailed)[] s_forms =
    [
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("eve@xn--bcher-kva.example", "eve@xn--bcher-kva.example"),
        ("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"),
        ("ada@faß.example", "ada@xn--fa-hia.example"),
        ("ada@ab--cd.example", "ada@ab--cd.example"),
        ("ada+news@example.org", "ada+news@example.org"),
        ("o'hara_{x}=1/2?@example.org", "o'hara_{x}=1/2?@example.org"),
        (s_longestLocalPart + "@example.org", s_longestLocalPart + "@example.org"),
        ("ada@a.b.c.d.e.f.example.org", "ada@a.b.c.d.e.f.example.org"),
        ("Ada.UPPER@Example.ORG", "ada.upper@example.org"),
        ("0123456789@2.example", "0123456789@2.example"),
        ("a@b.co", "a@b.co"),
        ("dot@example.org.", "dot@example.org"),
    ];

    [Fact(
        DisplayName = "S-42 An email of each accepted form gets its mail, and the link in it works"
    )]
    public async Task Email_of_each_accepted_form_gets_its_mail()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        foreach ((string typed, _) in s_forms)
        {
            using BrowserClient browser = node.NewBrowser();
            await browser.Register(typed).Answered(HttpStatusCode.Created);
        }

        foreach ((_, string mailed) in s_forms)
        {
            TakenMail mail = await server.Mail(mailed);
            using MimeMessage message = mail.Message;
            Assert.Equal([mailed], mail.To);
            Assert.Equal(mailed, message.To.Mailboxes.Single().GetAddress(idnEncode: true));
            Assert.All(mail.Content, c => Assert.True(char.IsAscii(c)));

            using BrowserClient other = node.NewBrowser();
            await other
                .Post(
                    "/email/verification/confirm",
                    new
                    {
                        token = Uri.UnescapeDataString(mail.Link.Split('#', '&')[1]),
                        password = People.Password,
                    }
                )
                .Answered(HttpStatusCode.OK);
        }

        Assert.DoesNotContain(
            node.Log.Lines,
            line => line.Contains("given up", StringComparison.Ordinal)
        );
    }

    [Fact(
        DisplayName = "S-41 The owner of an email at an international domain takes over an account that another person registered"
    )]
    public async Task Owner_takes_over_an_account_at_an_international_domain()
    {
        await using MailServer server = await MailServer.Start();
        await using RunningNode node = await RunningNode.Start(server.Settings());
        using BrowserClient attacker = node.NewBrowser();
        await attacker.Register("ada@bücher.example").Answered(HttpStatusCode.Created);
        await server.Mail("ada@xn--bcher-kva.example");
        using BrowserClient owner = node.NewBrowser();

        await owner
            .Post("/password/forgot", new { email = "Ada@BÜCHER.example." })
            .Answered(HttpStatusCode.Accepted);
        string token = "";
        await Eventually.Holds(
            TimeSpan.FromSeconds(40),
            () =>
            {
                string? link = server
                    .Taken.Select(mail => mail.Link)
                    .FirstOrDefault(link => link.Contains("/reset#", StringComparison.Ordinal));
                token = link?.Split('#', '&')[1] ?? "";
                return Task.FromResult(link is not null);
            }
        );
        await owner
            .Post(
                "/password/reset",
                new { token = Uri.UnescapeDataString(token), password = "the owner's own words" }
            )
            .Answered(HttpStatusCode.NoContent);

        Assert.False(await attacker.IsSignedIn());
        await owner
            .Login("ada@bücher.example", "the owner's own words")
            .Answered(HttpStatusCode.OK);
    }

    [Theory(
        DisplayName = "S-28 An email whose local part mail cannot be sent to is refused, with the reason"
    )]
    [InlineData("müller@example.org")]
    [InlineData("ада@example.org")]
    [InlineData("用户@例え.テスト")]
    public async Task Email_whose_local_part_mail_cannot_be_sent_to_is_refused(string email)
    {
        await using RunningNode node = await RunningNode.Start();
        using BrowserClient browser = node.NewBrowser();

        using HttpResponseMessage refused = await browser.Register(email);

        await Problem.NamesField(refused, "email");
        Assert.Contains(
            "a to z",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }
}
