using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>All spellings of an email belong to one account.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class EmailSpellingTests(SharedNode shared)
{
    [Theory(DisplayName = "S-28 Different spellings of an email are one email")]
    [InlineData("Ada.{0}@Example.ORG")]
    [InlineData("  ada.{0}@example.org\t")]
    [InlineData("ada.{0}＠example.org")]
    [InlineData("ａｄａ.{0}@example.org")]
    [InlineData("ada.{0}@ｅxample。org")]
    [InlineData("ada.{0}@exam\u00ADple.org")]
    [InlineData("ada.{0}@\u24D4xample.org")]
    [InlineData("ada.{0}@example.org.")]
    [InlineData("ADA.{0}@EXAMPLE.ORG.")]
    [InlineData("ada.{0}@example.org。")]
    [InlineData("ada.{0}@example.org．")]
    [InlineData("ada.{0}@example｡org")]
    [InlineData("ada.{0}@exa\u200Bmple.org")]
    [InlineData("\u212Bda.{0}@example.org", true)]
    [InlineData("ada.{0}@example.org..", true)]
    [InlineData("ada.{0}.@example.org", true)]
    [InlineData("a\u200Bda.{0}@example.org", true)]
    public async Task Different_spellings_of_an_email_are_one_email(
        string spelling,
        bool isInvalid = false
    )
    {
        string unique = Guid.NewGuid().ToString("N");
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register($"ada.{unique}@example.org");

        using HttpResponseMessage response = await browser.Register(
            spelling.Replace("{0}", unique, StringComparison.Ordinal)
        );

        if (isInvalid)
            await Problem.NamesField(response, "email");
        else
            await Problem.Is(response, HttpStatusCode.Conflict, "email-taken");
    }

    [Fact(DisplayName = "S-28 An international domain and its IDNA form are one domain")]
    public async Task International_domain_and_its_IDNA_form_are_one_domain()
    {
        string unique = Guid.NewGuid().ToString("N");
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage first = await browser.Register($"ada{unique}@BÜCHER.example");
        JsonElement account = await first.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            $"ada{unique}@xn--bcher-kva.example",
            account.GetProperty("email").GetString()
        );

        using HttpResponseMessage second = await browser.Register(
            $"ada{unique}@xn--bcher-kva.example"
        );
        await Problem.Is(second, HttpStatusCode.Conflict, "email-taken");
        using HttpResponseMessage login = await browser.Login($"ada{unique}@bücher.example");
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    [Theory(DisplayName = "S-28 Each spelling of an international domain is one domain")]
    [InlineData("BÜCHER.example")]
    [InlineData("bu\u0308cher.example")]
    [InlineData("bücher.example.")]
    [InlineData("bücher。example。")]
    [InlineData("ｂücher.example")]
    [InlineData("XN--BCHER-KVA.example")]
    [InlineData("xn--bcher-kva.example.")]
    [InlineData("xn--BCHER-kva.EXAMPLE")]
    public async Task Each_spelling_of_an_international_domain_is_one_domain(string domain)
    {
        string unique = Guid.NewGuid().ToString("N");
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register($"ada{unique}@bücher.example").Answered(HttpStatusCode.Created);

        await browser
            .Register($"ada{unique}@{domain}")
            .Refused(HttpStatusCode.Conflict, "email-taken");
        await browser.Login($"ada{unique}@{domain}").Answered(HttpStatusCode.OK);
    }

    [Theory(DisplayName = "S-28 Emails that mail servers tell apart are different emails")]
    [InlineData("a.da{0}@example.org")]
    [InlineData("ada{0}+news@example.org")]
    [InlineData("ada-{0}@example.org")]
    [InlineData("ada{0}@sub.example.org")]
    [InlineData("ada{0}@xn--exmple-cua.org")]
    [InlineData("ada{0}@fass.example")]
    public async Task Emails_that_mail_servers_tell_apart_are_different_emails(string other)
    {
        string unique = Guid.NewGuid().ToString("N");
        using BrowserClient browser = shared.Node.NewBrowser();
        foreach (string domain in new[] { "example.org", "faß.example" })
            await browser.Register($"ada{unique}@{domain}").Answered(HttpStatusCode.Created);

        await browser
            .Register(other.Replace("{0}", unique, StringComparison.Ordinal))
            .Answered(HttpStatusCode.Created);
    }

    [Theory(DisplayName = "S-28 Text that is no email is 400 at registration and 401 at sign-in")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@example")]
    [InlineData("ada@@example.org")]
    [InlineData("ada@b@example.org")]
    [InlineData("a da@example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada..b@example.org")]
    [InlineData("adaı@example.org")]
    [InlineData("İda@example.org")]
    [InlineData("\"ada\"@example.org")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@2130706433.1")]
    [InlineData("\u0430da@example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@exa_mple.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@.")]
    [InlineData("ada@org.")]
    [InlineData("ada@127.0.0.1.")]
    [InlineData("ada@example-.org")]
    [InlineData("ada@xn--a.example")]
    [InlineData("ada@xn--.example")]
    [InlineData("ada(a comment)@example.org")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("ada@example.org\0")]
    [InlineData("ada\uFFFE@example.org")]
    [InlineData("ada@exam\uFFFFple.org")]
    [InlineData("ada<script>@example.org")]
    public async Task Text_that_is_no_email_is_refused(string text)
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        using HttpResponseMessage register = await browser.Register(text);
        await Problem.NamesField(register, "email");
        using HttpResponseMessage login = await browser.Login(text);
        Assert.Contains(
            login.StatusCode,
            (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]
        );
    }

    [Fact]
    public async Task Email_has_at_most_254_characters_and_its_local_part_64()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        string domain = string.Join('.', Enumerable.Repeat(new string('d', 46), 4)) + ".org";
        string local = Guid.NewGuid().ToString("N") + new string('x', 30);
        Assert.Equal(254, $"{local}@{domain}".Length);

        using HttpResponseMessage longest = await browser.Register($"{local}@{domain}");
        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
        using HttpResponseMessage longer = await browser.Register($"{local}x@{domain}");
        await Problem.NamesField(longer, "email");
        using HttpResponseMessage longLocal = await browser.Register(
            $"{new string('x', 65)}@example.org"
        );
        await Problem.NamesField(longLocal, "email");
    }

    [Fact(
        DisplayName = "S-28 Of a thousand parallel registrations of one email exactly one succeeds"
    )]
    public async Task Exactly_one_of_a_thousand_parallel_registrations_succeeds()
    {
        string email = People.NewEmail();
        HttpStatusCode[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 1000)
                .Select(async i =>
                {
                    using BrowserClient browser = shared.Node.NewBrowser();
                    using HttpResponseMessage response = await browser.Register(
                        email,
                        $"{People.Password} {i}"
                    );
                    return response.StatusCode;
                })
        );

        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(999, answers.Count(status => status == HttpStatusCode.Conflict));
    }
}
