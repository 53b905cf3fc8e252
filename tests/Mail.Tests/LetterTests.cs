using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Tests;

/// <summary>What mails say.</summary>
public sealed class LetterTests
{
    private const string Origin = "https://nodeauth.dev";
    private const string Token = "mgm3p-_nG3U";

    private static readonly DateTimeOffset s_at = new(2026, 5, 4, 14, 3, 7, TimeSpan.FromHours(2));
    private static readonly UserId s_user = UserId.New(TimeProvider.System.GetUtcNow());
    private static readonly EmailRenderer s_letters = new(new Pages());

    public static TheoryData<MailKind> Kinds => [.. Enum.GetValues<MailKind>()];

    public static TheoryData<MailKind, string, string> Links =>
        new()
        {
            { MailKind.VerifyAddress, "/verify-address", "once, until 5 May 2026, 12:03 UTC" },
            { MailKind.ConfirmNewAddress, "/new-address", "once, until 5 May 2026, 12:03 UTC" },
            { MailKind.ResetPassword, "/reset", "once, until 4 May 2026, 12:33 UTC" },
        };

    [Theory(
        DisplayName = "S-37 Every mail says of what, from where and when, and what to do if it was not you"
    )]
    [MemberData(nameof(Kinds))]
    public void Every_mail_says_of_what_from_where_and_when(MailKind kind)
    {
        RenderedEmail letter = Write(Mail(kind));

        Assert.NotEmpty(letter.Subject);
        foreach (string part in new[] { letter.Text, Decoded(letter.Html) })
        {
            Assert.Contains(Origin, part, StringComparison.Ordinal);
            Assert.Contains("When: 4 May 2026, 12:03 UTC", part, StringComparison.Ordinal);
            Assert.Contains("From: Firefox 140, Linux, 192.0.2.1", part, StringComparison.Ordinal);
            Assert.Contains("If it was not you", part, StringComparison.Ordinal);
        }
    }

    [Theory(
        DisplayName = "S-38 S-39 A link leads to the configured pages, is in sight, and has its token behind the # alone"
    )]
    [MemberData(nameof(Links))]
    public void A_link_has_its_token_behind_the_hash_alone(MailKind kind, string path, string life)
    {
        RenderedEmail letter = Write(Mail(kind));

        string link = $"{Origin}{path}#{Token}&ada%40example.org";
        string encoded = link.Replace("&", "&amp;", StringComparison.Ordinal);
        Assert.Equal(link, letter.Link);
        Assert.Equal(1, Count(letter.Text, $"\r\n{link}\r\n"));
        Assert.Equal(1, Count(letter.Html, $"""<a href="{encoded}">{encoded}</a>"""));
        Assert.Contains(life, letter.Text, StringComparison.Ordinal);
        Assert.Contains(life, Decoded(letter.Html), StringComparison.Ordinal);
        foreach (string part in new[] { letter.Text, letter.Html, letter.Subject, letter.Id })
            Assert.Equal(Count(part, Token), Count(part, "#" + Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_mail_that_brings_no_link_has_none_that_opens_anything(MailKind kind)
    {
        if (Links.Any(row => (MailKind)row[0] == kind))
            return;

        RenderedEmail letter = Write(Mail(kind));

        Assert.Null(letter.Link);
        Assert.DoesNotContain("#", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<a", letter.Html, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "S-42 S-52 No word that somebody has chosen stands in a mail")]
    [MemberData(nameof(Kinds))]
    public void No_word_that_somebody_has_chosen_stands_in_a_mail(MailKind kind)
    {
        const string hostile =
            "Your account is locked, see https://evil.example/now <img src=x>\r\nBcc: eve@evil.example";
        RenderedEmail letter = Write(
            Mail(kind) with
            {
                Detail = hostile,
                Device = new ClientDevice(hostile, hostile, hostile),
            }
        );

        foreach (string part in new[] { letter.Subject, letter.Text, Decoded(letter.Html) })
        {
            foreach (string word in new[] { "locked", "evil", "<img", "Bcc" })
                Assert.DoesNotContain(word, part, StringComparison.Ordinal);
        }

        Assert.Contains(
            "From: an unknown program, an unknown system, an unknown address",
            letter.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_mail_of_several_events_says_how_many_and_when_the_last_was()
    {
        RenderedEmail letter = Write(Mail(MailKind.RecoveryCodesMade) with { Count = 3 });

        Assert.Contains(
            "When: 3 times, the last on 4 May 2026, 12:03 UTC",
            letter.Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Firefox 140", "Firefox 140")]
    [InlineData("Samsung Internet 27", "Samsung Internet 27")]
    [InlineData("Safari", "Safari")]
    [InlineData("curl 8.5.0", "an unknown program")]
    [InlineData("Call-0800-123456 1.2", "an unknown program")]
    [InlineData("Firefox 12345", "an unknown program")]
    [InlineData("Firefox 1.2.3.4", "an unknown program")]
    [InlineData("", "an unknown program")]
    public void A_browser_is_named_by_a_name_of_ours(string browser, string named)
    {
        RenderedEmail letter = Write(
            Mail(MailKind.PasswordChanged) with
            {
                Device = new ClientDevice(browser, "Linux", "192.0.2.1"),
            }
        );

        Assert.Contains($"From: {named}, Linux, 192.0.2.1", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_old_address_learns_of_the_change_and_the_new_one_that_it_is_it()
    {
        OutgoingMail changed = Mail(MailKind.AddressChanged) with { Detail = "new@example.org" };

        RenderedEmail toOld = Write(changed);
        RenderedEmail toNew = Write(changed with { To = "new@example.org" });

        Assert.Contains(
            "was changed. Mails go to the new one",
            toOld.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("new@example.org", toOld.Text, StringComparison.Ordinal);
        Assert.Contains("now the address", toNew.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_id_is_the_same_at_every_try_and_tells_nothing_of_the_mails_own()
    {
        OutgoingMail mail = Mail(MailKind.VerifyAddress);

        string id = Write(mail).Id;

        Assert.Equal(id, Write(mail with { Token = new Secret("another") }).Id);
        Assert.NotEqual(id, Write(mail with { Id = "another" }).Id);
        Assert.NotEqual(id, s_letters.Render(UserId.New(TimeProvider.System.GetUtcNow()), mail).Id);
        Assert.DoesNotContain(mail.Id, id, StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_is_not_printed() =>
        Assert.DoesNotContain(
            Token,
            Write(Mail(MailKind.ResetPassword)).ToString(),
            StringComparison.Ordinal
        );

    private static OutgoingMail Mail(MailKind kind) =>
        new(
            "q83vEjRWeJA",
            kind,
            "ada@example.org",
            s_at,
            new ClientDevice("Firefox 140", "Linux", "192.0.2.1"),
            "a detail",
            Links.Any(row => (MailKind)row[0] == kind) ? new Secret(Token) : null,
            s_at
                + (kind == MailKind.ResetPassword ? TimeSpan.FromMinutes(30) : TimeSpan.FromDays(1))
        );

    private static RenderedEmail Write(OutgoingMail mail) => s_letters.Render(s_user, mail);

    private static string Decoded(string html) => System.Net.WebUtility.HtmlDecode(html);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private sealed class Pages : IPublicAddress
    {
        public string Origin => LetterTests.Origin;
    }
}
