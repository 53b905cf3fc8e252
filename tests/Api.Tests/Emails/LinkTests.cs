using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Emails;

/// <summary>A mailed link works once, for one user, one purpose and one email, for a limited time.</summary>
public sealed class LinkTests(OwnNode own) : IClassFixture<OwnNode>
{
    public enum Purpose
    {
        Verify,
        NewEmail,
        Reset,
    }

    private RunningNode Node => own.Node;

    [Fact(DisplayName = "S-39 A verification link that was used says so and has no further effect")]
    public async Task Used_verification_link_has_no_further_effect()
    {
        (BrowserClient browser, string token) = await Link(Purpose.Verify);
        Assert.True((await Follow(browser, Purpose.Verify, token)).IsSuccessStatusCode);
        using BrowserClient other = Node.NewBrowser();

        JsonElement answer = await other
            .Post("/email/verification/confirm", new { token, startOver = true })
            .Answered(HttpStatusCode.OK);

        Assert.Equal("none", answer.GetProperty("next").GetString());
        Assert.True(await browser.IsSignedIn());
        JsonElement activity = await browser.Get("/me/activity").Answered(HttpStatusCode.OK);
        Assert.Single(
            activity.GetProperty("events").EnumerateArray(),
            entry => entry.GetProperty("kind").GetString() == "email-verified"
        );
    }

    [Theory(DisplayName = "S-39 A link works once")]
    [InlineData(Purpose.NewEmail)]
    [InlineData(Purpose.Reset)]
    public async Task Link_works_once(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        Assert.True((await Follow(browser, purpose, token)).IsSuccessStatusCode);

        await AssertRefused(browser, purpose, token);
    }

    [Theory(DisplayName = "S-39 An expired link is refused")]
    [InlineData(Purpose.Verify)]
    [InlineData(Purpose.NewEmail)]
    [InlineData(Purpose.Reset)]
    public async Task Expired_link_is_refused(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        TimeSpan lifetime =
            purpose == Purpose.Reset ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(24);

        Node.Clock.Advance(lifetime);

        await AssertRefused(browser, purpose, token);
    }

    [Theory(DisplayName = "S-39 A link that was altered at any position is refused")]
    [InlineData(Purpose.Verify)]
    [InlineData(Purpose.NewEmail)]
    [InlineData(Purpose.Reset)]
    public async Task Altered_link_is_refused(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        foreach (int position in new[] { 0, 31, 33, token.Length / 2, token.Length - 2 })
        {
            char other = token[position] == 'a' ? 'b' : 'a';
            await AssertRefused(
                browser,
                purpose,
                token[..position] + other + token[(position + 1)..]
            );
        }

        await AssertRefused(browser, purpose, "");
        await AssertRefused(browser, purpose, token[..33]);
        await AssertRefused(browser, purpose, token + "a");
        await AssertRefused(browser, purpose, new string('a', 60_000));
    }

    [Theory(DisplayName = "S-39 A link is refused for another purpose and for another user")]
    [InlineData(Purpose.Verify)]
    [InlineData(Purpose.NewEmail)]
    [InlineData(Purpose.Reset)]
    public async Task Link_is_refused_for_another_purpose_and_for_another_user(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        (BrowserClient other, string otherToken) = await Link(purpose);

        foreach (Purpose wrong in Enum.GetValues<Purpose>().Where(p => p != purpose))
            await AssertRefused(browser, wrong, token);
        await AssertRefused(browser, purpose, token[..33] + otherToken[33..]);
        if (purpose == Purpose.NewEmail)
            await AssertRefused(other, purpose, token);
    }

    [Fact(DisplayName = "S-39 Links from before a change of the email are refused")]
    public async Task Link_from_before_an_email_change_is_refused()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        string verify = await Node.Token(email, Mailbox.Verify);
        await browser.Post("/password/forgot", new { email });
        string reset = await Node.Token(email, Mailbox.Reset);
        string next = People.NewEmail();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string change = await Node.Token(next, Mailbox.NewEmail);

        Assert.True((await Follow(browser, Purpose.NewEmail, change)).IsSuccessStatusCode);

        await AssertRefused(browser, Purpose.Verify, verify);
        await AssertRefused(browser, Purpose.Reset, reset);
    }

    [Theory(DisplayName = "S-39 Opening the page of a link does not use the link up")]
    [InlineData(Purpose.Verify)]
    [InlineData(Purpose.NewEmail)]
    [InlineData(Purpose.Reset)]
    public async Task Opening_the_page_of_a_link_does_not_use_it_up(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        foreach (string page in new[] { "/verify-email", "/reset", "/new-email" })
        {
            using HttpResponseMessage opened = await browser.Get(page);
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        }

        Assert.True((await Follow(browser, purpose, token)).IsSuccessStatusCode);
    }

    [Fact(
        DisplayName = "S-39 The link for a new email is refused once another new email was requested"
    )]
    public async Task Link_for_a_new_email_is_refused_once_another_was_requested()
    {
        (BrowserClient browser, string first) = await Link(Purpose.NewEmail);
        string next = People.NewEmail();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string second = await Node.Token(next, Mailbox.NewEmail);

        await AssertRefused(browser, Purpose.NewEmail, first);
        Assert.True((await Follow(browser, Purpose.NewEmail, second)).IsSuccessStatusCode);
    }

    [Fact(
        DisplayName = "S-38 A link leads to the configured origin, whichever hosts the request names"
    )]
    public async Task Link_leads_to_the_configured_origin_whichever_hosts_the_request_names()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        using HttpRequestMessage forged = new(HttpMethod.Post, "/email/verification");
        forged.Headers.Add("Forwarded", "host=evil.example;proto=https");
        forged.Headers.Add("X-Forwarded-Host", "evil.example");
        forged.Headers.Add("X-Forwarded-Proto", "https");
        using HttpResponseMessage answer = await browser.Send(forged);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await Node.Tokens(email, Mailbox.Verify, atLeast: 2);

        Assert.All(
            await Node.Mails(email),
            mail => Assert.StartsWith(Node.Url + "/", mail.Link, StringComparison.Ordinal)
        );
    }

    [Fact(
        DisplayName = "S-40 A reset is mailed to the one stored email, and takes no list of emails"
    )]
    public async Task Reset_is_mailed_to_the_stored_email_only()
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        using HttpResponseMessage list = await browser.Post(
            "/password/forgot",
            new { email = new[] { email, "attacker@example.org" } }
        );
        await Problem.NamesField(list, "email");

        string similar = email.Replace('e', 'é');
        await browser
            .Post("/password/forgot", new { email = similar })
            .Answered(HttpStatusCode.Accepted);

        Assert.Empty(await Node.Mails(similar));
        Assert.Empty(await Node.Mails("attacker@example.org"));
        Assert.DoesNotContain(
            await Node.Mails(email),
            mail => mail.Link?.Contains(Mailbox.Reset, StringComparison.Ordinal) is true
        );
    }

    private async Task<(BrowserClient Browser, string Token)> Link(Purpose purpose)
    {
        (BrowserClient browser, string email) = await Node.NewUser();
        switch (purpose)
        {
            case Purpose.Verify:
                return (browser, await Node.Token(email, Mailbox.Verify));
            case Purpose.NewEmail:
                string next = People.NewEmail();
                await browser
                    .Post("/email/change", new { email = next })
                    .Answered(HttpStatusCode.Accepted);
                return (browser, await Node.Token(next, Mailbox.NewEmail));
            default:
                await browser.Post("/password/forgot", new { email });
                return (browser, await Node.Token(email, Mailbox.Reset));
        }
    }

    private static Task<HttpResponseMessage> Follow(
        BrowserClient browser,
        Purpose purpose,
        string token
    ) =>
        purpose switch
        {
            Purpose.Verify => browser.Post("/email/verification/confirm", new { token }),
            Purpose.NewEmail => browser.Post("/email/change/confirm", new { token }),
            _ => browser.Post("/password/reset", new { token, password = "a new one of my own" }),
        };

    // The answer is the same for every fault, so that it does not reveal which one it was.
    private static async Task AssertRefused(BrowserClient browser, Purpose purpose, string token)
    {
        JsonElement problem = await Follow(browser, purpose, token)
            .Refused(HttpStatusCode.BadRequest, "link-refused");
        Assert.Equal(
            """{"type":"urn:sessionauth:problem:link-refused","title":"This link is no longer valid. Request a new one.","status":400,"code":"link-refused"}""",
            problem.GetRawText()
        );
    }
}
