using System.Globalization;
using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mails;

/// <summary>Nobody fills another's mailbox, or keeps another's mails away.</summary>
public sealed class MailFloodTests(OwnNode own) : IClassFixture<OwnNode>
{
    private const string Resets = "Reset your password";

    private RunningNode Node => own.Node;

    [Fact(DisplayName = "S-37 Recovery codes made again and again within minutes are one mail")]
    public async Task Recovery_codes_made_again_and_again_are_one_mail()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        await Authenticator.TurnOn(Node, browser);
        for (int i = 0; i < 5; i++)
            await browser.Post("/factors/recovery-codes").Answered(HttpStatusCode.OK);

        Node.Clock.Advance(TimeSpan.FromMinutes(3));
        await Node.Brings(address, "recovery codes were made");

        Assert.Contains(
            await Node.Mails(address),
            mail => mail.Text.Contains("When: 5 times, the last on", StringComparison.Ordinal)
        );
    }

    [Fact(
        DisplayName = "S-37 Of change after change some mails tell, each of those that came meanwhile, and none goes untold"
    )]
    public async Task Of_change_after_change_some_mails_tell()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        await browser.VerifyAddress();
        string password = People.Password;
        for (int i = 0; i < 6; i++)
        {
            string next = $"another set of words {i.ToString(CultureInfo.InvariantCulture)}";
            await browser
                .Post("/password/change", new { currentPassword = password, newPassword = next })
                .Answered(HttpStatusCode.NoContent);
            password = next;
        }

        await Node.Brings(address, "password was changed", 2);
        Node.Clock.Advance(TimeSpan.FromMinutes(16));
        await Node.Brings(address, "password was changed", 3);

        Assert.Contains(
            await Node.Mails(address),
            mail => mail.Text.Contains("When: 4 times, the last on", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Registering_and_deleting_in_turns_sends_six_mails_an_hour()
    {
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        for (int i = 0; i < 9; i++)
        {
            await browser.Register(address).Answered(HttpStatusCode.Created);
            await browser.Delete("/me").Answered(HttpStatusCode.NoContent);
        }

        await Node.Brings(address, "Verify your", 6);
        Assert.Equal(6, (await Node.Mails(address)).Count);

        // The owner is not kept from it: a reset is another matter, and proves the address as well.
        await browser.Register(address).Answered(HttpStatusCode.Created);
        await browser.Post("/password/forgot", new { email = address });
        await Node.Brings(address, Resets);
    }

    [Fact]
    public async Task Several_accounts_that_want_one_address_send_three_mails_an_hour()
    {
        string wanted = People.NewAddress();
        for (int i = 0; i < 6; i++)
        {
            (BrowserClient browser, _) = await Node.NewPerson();
            await browser
                .Post("/email/change", new { email = wanted })
                .Answered(HttpStatusCode.Accepted);
        }

        await Node.Brings(wanted, "Confirm your new", 3);
        // Its owner registers, and is not kept from that.
        using BrowserClient owner = Node.NewBrowser();
        await owner.Register(wanted).Answered(HttpStatusCode.Created);
        await Node.Brings(wanted, "Verify your");
        Assert.Equal(4, (await Node.Mails(wanted)).Count);
    }

    [Fact]
    public async Task An_address_that_nobody_has_verified_gets_its_verification_and_resets_alone()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        await browser
            .Post(
                "/password/change",
                new { currentPassword = People.Password, newPassword = "another set of words" }
            )
            .Answered(HttpStatusCode.NoContent);
        string next = People.NewAddress();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        await browser
            .Post(
                "/email/change/confirm",
                new { token = await Node.Token(next, Mailbox.NewAddress) }
            )
            .Answered(HttpStatusCode.OK);
        // The new one is verified, and told.
        await Node.Brings(next, "address was changed");

        (BrowserClient other, string another) = await Node.NewPerson();
        await other.Delete("/me").Answered(HttpStatusCode.NoContent);
        await Node.Brings(another, "Verify your");

        Assert.Single(await Node.Mails(address));
        Assert.Single(await Node.Mails(another));
    }

    [Theory(
        DisplayName = "S-27 Whoever asks for resets again and again sends five an hour at most, and the owner has a link that works"
    )]
    // The minutes at which it is asked for; with a + where a mail comes of it.
    [InlineData("0+ 0 0 0 0", 29)]
    [InlineData("0+ 2+ 3 4 5", 16)]
    [InlineData("0+ 10+ 24", 24)]
    [InlineData("0+ 14+ 28", 28)]
    [InlineData("0+ 2+ 18+ 34+ 50+ 52 55 59", 59)]
    public async Task Whoever_asks_for_resets_sends_few_and_the_owner_has_a_link(
        string minutes,
        int now
    )
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        DateTimeOffset began = Node.Clock.GetUtcNow();
        int mails = 0;
        foreach (string minute in minutes.Split(' '))
        {
            MoveTo(began, int.Parse(minute.TrimEnd('+'), CultureInfo.InvariantCulture));
            await browser
                .Post("/password/forgot", new { email = address })
                .Answered(HttpStatusCode.Accepted);
            if (minute.EndsWith('+'))
                await Node.Tokens(address, Mailbox.Reset, ++mails);
        }

        MoveTo(began, now);
        string token = (await Node.Tokens(address, Mailbox.Reset, mails))[0];
        await Node.Brings(address, Resets, mails);
        await browser
            .Post("/password/reset", new { token, password = "the owner's own words" })
            .Answered(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_link_to_reset_the_password_is_mailed_again_as_it_was()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        await browser.Post("/password/forgot", new { email = address });
        string first = await Node.Token(address, Mailbox.Reset);
        Node.Clock.Advance(TimeSpan.FromMinutes(2));

        await browser.Post("/password/forgot", new { email = address });

        IReadOnlyList<string> tokens = await Node.Tokens(address, Mailbox.Reset, atLeast: 2);
        Assert.Equal([first, first], tokens);
        string[] texts =
        [
            .. (await Node.Mails(address))
                .Where(mail => mail.Subject == Resets)
                .Select(mail => mail.Text[mail.Text.IndexOf("until", StringComparison.Ordinal)..])
                .Select(text => text[..text.IndexOf('\r', StringComparison.Ordinal)]),
        ];
        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public async Task Resets_that_somebody_asks_for_push_nothing_out_of_what_happened()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        for (int i = 0; i < 60; i++)
        {
            await browser.Post("/password/forgot", new { email = address });
            await Node.Tokens(address, Mailbox.Reset);
            Node.Clock.Advance(TimeSpan.FromMinutes(16));
        }

        await browser.Login(address).Answered(HttpStatusCode.OK);
        JsonElement activity = await browser.Get("/me/activity").Answered(HttpStatusCode.OK);
        string[] kinds =
        [
            .. activity
                .GetProperty("events")
                .EnumerateArray()
                .Select(happened => happened.GetProperty("kind").GetString()!),
        ];
        Assert.Contains("registered", kinds);
        Assert.Single(kinds, kind => kind == "password-reset-requested");
    }

    [Fact]
    public async Task A_network_that_asks_for_many_mails_has_to_wait_whatever_it_asks_them_by()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_FAILURES_PER_NETWORK"] = "5" }
        );
        using BrowserClient browser = node.NewBrowser();
        for (int i = 0; i < 3; i++)
            await browser.Register(People.NewAddress()).Answered(HttpStatusCode.Created);
        await browser.Post("/email/verification").Answered(HttpStatusCode.Accepted);
        await browser
            .Post("/email/change", new { email = People.NewAddress() })
            .Answered(HttpStatusCode.Accepted);

        foreach (
            (string path, object body) in new (string, object)[]
            {
                ("/register", new { email = People.NewAddress(), password = People.Password }),
                ("/email/verification", new { }),
                ("/email/change", new { email = People.NewAddress() }),
                ("/password/forgot", new { email = People.NewAddress() }),
            }
        )
        {
            using HttpResponseMessage answer = await browser.Post(path, body);
            await Problem.Is(answer, HttpStatusCode.TooManyRequests, "too-many-tries");
            Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        }
    }

    private void MoveTo(DateTimeOffset began, int minute)
    {
        TimeSpan ahead = began + TimeSpan.FromMinutes(minute) - Node.Clock.GetUtcNow();
        if (ahead > TimeSpan.Zero)
            Node.Clock.Advance(ahead);
    }
}
