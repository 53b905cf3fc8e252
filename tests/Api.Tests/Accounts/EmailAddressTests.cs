using System.Net;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

[Collection(SharedNodeTests.Name)]
public sealed class EmailAddressTests(SharedNode shared)
{
    [Theory(DisplayName = "S-28 Every spelling of an address has the same owner")]
    [InlineData("ada@example.org", "ADA@Example.ORG")]
    [InlineData("ada@example.org", "  ada@example.org\t")]
    [InlineData("ada@example.org", "ada\uFF20example.org")]
    [InlineData("ada@example.org", "\uFF41\uFF44\uFF41@example.org")]
    [InlineData("ada@example.org", "ada@example\u3002org")]
    [InlineData("ada@example.org", "ada@exam\u00ADple.org")]
    [InlineData("kelvin@example.org", "\u212Aelvin@example.org")]
    [InlineData("ada@b\u00FCcher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@b\u00FCcher.example", "ada@B\u00DCCHER.example")]
    [InlineData("ada@b\u00FCcher.example", "ada@bu\u0308cher.example")]
    [InlineData("ada@example.org", "ada@\u24D4xample.org")]
    public async Task Every_spelling_of_an_address_has_the_same_owner(string one, string other)
    {
        string tag = $"{Guid.NewGuid():N}"[..8];
        using BrowserClient owner = shared.Node.NewBrowser();
        using BrowserClient second = shared.Node.NewBrowser();
        (await owner.Register(tag + one.Trim())).EnsureSuccessStatusCode();

        using HttpResponseMessage taken = await second.Register(Tagged(tag, other));
        using HttpResponseMessage login = await second.Login(Tagged(tag, other));

        await Problem.Is(taken, HttpStatusCode.Conflict, "address-taken");
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    [Theory(DisplayName = "S-28 What is no address, or looks like another, is refused")]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("ada@example.org@example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@.example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@2130706433.1")]
    [InlineData("ada@exa mple.org")]
    [InlineData("ada@exam_ple.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada.@example.org")]
    [InlineData("a..da@example.org")]
    [InlineData("\"ada\"@example.org")]
    [InlineData("ada lovelace@example.org")]
    [InlineData("<ada@example.org>")]
    [InlineData("ada@example.org\r\nBcc: b@example.org")]
    [InlineData("ad\0a@example.org")]
    // The dotless i, and a Cyrillic a.
    [InlineData("\u0131da@example.org")]
    [InlineData("\u0430da@example.org")]
    [InlineData("ad\u00E4@example.org")]
    public async Task What_is_no_address_is_refused(string typed)
    {
        using BrowserClient browser = shared.Node.NewBrowser();

        using HttpResponseMessage response = await browser.Register(typed);
        using HttpResponseMessage login = await browser.Login(typed);

        await Problem.NamesField(response, "email");
        await Problem.Is(login, HttpStatusCode.Unauthorized, "sign-in-refused");
    }

    [Theory]
    [InlineData(64, 254, true)]
    [InlineData(65, 200, false)]
    [InlineData(64, 255, false)]
    public void An_address_has_at_most_64_characters_before_the_at_and_254_in_all(
        int local,
        int length,
        bool good
    )
    {
        string domain = string.Concat(Enumerable.Repeat($"{new string('d', 40)}.", 10));
        string typed = $"{new string('a', local)}@{domain}"[..(length - 4)] + ".org";

        Assert.Equal(good, EmailAddress.TryParse(typed, out EmailAddress? address));
        Assert.Equal(good ? typed : null, address?.Value);
    }

    [Fact]
    public async Task A_huge_address_is_refused_quickly()
    {
        using BrowserClient browser = shared.Node.NewBrowser();

        using HttpResponseMessage response = await browser.Register(
            new string('\uFDFA', 9_000) + "@example.org"
        );

        await Problem.NamesField(response, "email");
    }

    private static string Tagged(string tag, string spelling) =>
        spelling.Length == spelling.TrimStart().Length
            ? tag + spelling
            : $"  {tag}{spelling.Trim()}\t";
}
