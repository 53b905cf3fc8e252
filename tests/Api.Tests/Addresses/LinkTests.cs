using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Addresses;

/// <summary>A mailed link is good for one user, one purpose, one address, once, and for a time.</summary>
public sealed class LinkTests(OwnNode own) : IClassFixture<OwnNode>
{
    public enum Purpose
    {
        Verify,
        NewAddress,
        Reset,
    }

    private RunningNode Node => own.Node;

    [Fact(DisplayName = "S-39 A link that has verified the address does nothing more, and says so")]
    public async Task A_link_that_has_verified_the_address_does_nothing_more()
    {
        (BrowserClient browser, string token) = await Link(Purpose.Verify);
        Assert.True((await Follow(browser, Purpose.Verify, token)).IsSuccessStatusCode);
        using BrowserClient anybody = Node.NewBrowser();

        JsonElement answer = await anybody
            .Post("/email/verification/confirm", new { token, startOver = true })
            .Answered(HttpStatusCode.OK);

        Assert.Equal("none", answer.GetProperty("next").GetString());
        Assert.True(await browser.IsSignedIn());
        JsonElement activity = await browser.Get("/me/activity").Answered(HttpStatusCode.OK);
        Assert.Single(
            activity.GetProperty("events").EnumerateArray(),
            happened => happened.GetProperty("kind").GetString() == "address-verified"
        );
    }

    [Theory(DisplayName = "S-39 A link works once")]
    [InlineData(Purpose.NewAddress)]
    [InlineData(Purpose.Reset)]
    public async Task A_link_works_once(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        Assert.True((await Follow(browser, purpose, token)).IsSuccessStatusCode);

        await AssertRefused(browser, purpose, token);
    }

    [Theory(DisplayName = "S-39 A link is refused when its time is over")]
    [InlineData(Purpose.Verify)]
    [InlineData(Purpose.NewAddress)]
    [InlineData(Purpose.Reset)]
    public async Task A_link_is_refused_when_its_time_is_over(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        TimeSpan life =
            purpose == Purpose.Reset ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(24);

        Node.Clock.Advance(life);

        await AssertRefused(browser, purpose, token);
    }

    [Theory(DisplayName = "S-39 A link that was altered in any place is refused")]
    [InlineData(Purpose.Verify)]
    [InlineData(Purpose.NewAddress)]
    [InlineData(Purpose.Reset)]
    public async Task A_link_that_was_altered_is_refused(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        foreach (int place in new[] { 0, 31, 33, token.Length / 2, token.Length - 2 })
        {
            char other = token[place] == 'a' ? 'b' : 'a';
            await AssertRefused(browser, purpose, token[..place] + other + token[(place + 1)..]);
        }

        await AssertRefused(browser, purpose, "");
        await AssertRefused(browser, purpose, token[..33]);
        await AssertRefused(browser, purpose, token + "a");
        await AssertRefused(browser, purpose, new string('a', 60_000));
    }

    [Theory(DisplayName = "S-39 A link is refused for another purpose and for another user")]
    [InlineData(Purpose.Verify)]
    [InlineData(Purpose.NewAddress)]
    [InlineData(Purpose.Reset)]
    public async Task A_link_is_refused_for_another_purpose_and_for_another_user(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        (BrowserClient other, string foreign) = await Link(purpose);

        foreach (Purpose wrong in Enum.GetValues<Purpose>().Where(p => p != purpose))
            await AssertRefused(browser, wrong, token);
        await AssertRefused(browser, purpose, token[..33] + foreign[33..]);
        if (purpose == Purpose.NewAddress)
            await AssertRefused(other, purpose, token);
    }

    [Fact(DisplayName = "S-39 Links from before a change of the address are refused")]
    public async Task Links_from_before_a_change_of_the_address_are_refused()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        string verify = await Node.Token(address, Mailbox.Verify);
        await browser.Post("/password/forgot", new { email = address });
        string reset = await Node.Token(address, Mailbox.Reset);
        string next = People.NewAddress();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string change = await Node.Token(next, Mailbox.NewAddress);

        Assert.True((await Follow(browser, Purpose.NewAddress, change)).IsSuccessStatusCode);

        await AssertRefused(browser, Purpose.Verify, verify);
        await AssertRefused(browser, Purpose.Reset, reset);
    }

    [Theory(DisplayName = "S-39 A link still works after its page was looked at")]
    [InlineData(Purpose.Verify)]
    [InlineData(Purpose.NewAddress)]
    [InlineData(Purpose.Reset)]
    public async Task A_link_still_works_after_its_page_was_looked_at(Purpose purpose)
    {
        (BrowserClient browser, string token) = await Link(purpose);
        foreach (string page in new[] { "/verify-address", "/reset", "/new-address" })
        {
            using HttpResponseMessage looked = await browser.Get(page);
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        }

        Assert.True((await Follow(browser, purpose, token)).IsSuccessStatusCode);
    }

    [Fact(DisplayName = "S-39 The link to one new address is refused once another was asked for")]
    public async Task The_link_to_one_new_address_is_refused_once_another_was_asked_for()
    {
        (BrowserClient browser, string first) = await Link(Purpose.NewAddress);
        string next = People.NewAddress();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string second = await Node.Token(next, Mailbox.NewAddress);

        await AssertRefused(browser, Purpose.NewAddress, first);
        Assert.True((await Follow(browser, Purpose.NewAddress, second)).IsSuccessStatusCode);
    }

    [Fact(
        DisplayName = "S-38 Whatever a request says of hosts, the link leads to the configured origin"
    )]
    public async Task Whatever_a_request_says_of_hosts_the_link_is_the_same()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        using HttpRequestMessage forged = new(HttpMethod.Post, "/email/verification");
        forged.Headers.Add("Forwarded", "host=evil.example;proto=https");
        forged.Headers.Add("X-Forwarded-Host", "evil.example");
        forged.Headers.Add("X-Forwarded-Proto", "https");
        using HttpResponseMessage answer = await browser.Send(forged);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await Node.Tokens(address, Mailbox.Verify, atLeast: 2);

        Assert.All(
            await Node.Mails(address),
            mail => Assert.StartsWith(Node.Url + "/", mail.Link, StringComparison.Ordinal)
        );
    }

    [Fact(DisplayName = "S-40 A reset goes to the one stored address, and takes no list")]
    public async Task A_reset_goes_to_the_one_stored_address()
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        using HttpResponseMessage list = await browser.Post(
            "/password/forgot",
            new { email = new[] { address, "thief@example.org" } }
        );
        await Problem.NamesField(list, "email");

        string twin = address.Replace('e', 'é');
        await browser
            .Post("/password/forgot", new { email = twin })
            .Answered(HttpStatusCode.Accepted);

        Assert.Empty(await Node.Mails(twin));
        Assert.Empty(await Node.Mails("thief@example.org"));
        Assert.DoesNotContain(
            await Node.Mails(address),
            mail => mail.Link?.Contains(Mailbox.Reset, StringComparison.Ordinal) is true
        );
    }

    private async Task<(BrowserClient Browser, string Token)> Link(Purpose purpose)
    {
        (BrowserClient browser, string address) = await Node.NewPerson();
        switch (purpose)
        {
            case Purpose.Verify:
                return (browser, await Node.Token(address, Mailbox.Verify));
            case Purpose.NewAddress:
                string next = People.NewAddress();
                await browser
                    .Post("/email/change", new { email = next })
                    .Answered(HttpStatusCode.Accepted);
                return (browser, await Node.Token(next, Mailbox.NewAddress));
            default:
                await browser.Post("/password/forgot", new { email = address });
                return (browser, await Node.Token(address, Mailbox.Reset));
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
            Purpose.NewAddress => browser.Post("/email/change/confirm", new { token }),
            _ => browser.Post("/password/reset", new { token, password = "a new one of my own" }),
        };

    // One answer for whatever is wrong: it tells nobody what is.
    private static async Task AssertRefused(BrowserClient browser, Purpose purpose, string token)
    {
        JsonElement problem = await Follow(browser, purpose, token)
            .Refused(HttpStatusCode.BadRequest, "link-refused");
        Assert.Equal(
            """{"type":"urn:sessionauth:problem:link-refused","title":"This link is not valid any more. Ask for a new one.","status":400,"code":"link-refused"}""",
            problem.GetRawText()
        );
    }
}
