using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Tests;

/// <summary>The text of the emails.</summary>
public sealed class EmailRenderingTests
{
    private const string Origin = "https://nodeauth.dev";
    private const string Token = "mgm3p-_nG3U";

    private static readonly DateTimeOffset s_at = new(2026, 5, 4, 14, 3, 7, TimeSpan.FromHours(2));
    private static readonly UserId s_user = UserId.New(TimeProvider.System.GetUtcNow());
    private static readonly EmailRenderer s_renderer = new(new Pages());

    public static TheoryData<MailKind> Kinds => [.. Enum.GetValues<MailKind>()];

    public static TheoryData<MailKind, string, string> Links =>
        new()
        {
            { MailKind.VerifyEmail, "/verify-email", "once, until 5 May 2026, 12:03 UTC" },
            { MailKind.ConfirmNewEmail, "/new-email", "once, until 5 May 2026, 12:03 UTC" },
            { MailKind.ResetPassword, "/reset", "once, until 4 May 2026, 12:33 UTC" },
        };

    [Theory(
        DisplayName = "S-37 Every mail names the event, device and time, and says what to do if it was not you"
    )]
    [MemberData(nameof(Kinds))]
    public void Every_mail_names_the_event_device_and_time_and_says_what_to_do_if_it_was_not_you(
        MailKind kind
    )
    {
        RenderedEmail email = Write(Mail(kind));

        Assert.NotEmpty(email.Subject);
        foreach (string part in new[] { email.Text, Decoded(email.Html) })
        {
            Assert.Contains(Origin, part, StringComparison.Ordinal);
            Assert.Contains("When: 4 May 2026, 12:03 UTC", part, StringComparison.Ordinal);
            Assert.Contains("From: Firefox 140, Linux, 192.0.2.1", part, StringComparison.Ordinal);
            Assert.Contains("If this wasn't you", part, StringComparison.Ordinal);
        }
    }

    [Theory(
        DisplayName = "S-38 S-39 Link leads to the configured pages, is visible, and has its token only after the hash"
    )]
    [MemberData(nameof(Links))]
    public void Link_leads_to_the_configured_pages_is_visible_and_has_its_token_only_after_the_hash(
        MailKind kind,
        string path,
        string life
    )
    {
        RenderedEmail email = Write(Mail(kind));

        string link = $"{Origin}{path}#{Token}&ada%40example.org";
        string encoded = link.Replace("&", "&amp;", StringComparison.Ordinal);
        Assert.Equal(link, email.Link);
        Assert.Equal(1, Count(email.Text, $"\r\n{link}\r\n"));
        Assert.Equal(1, Count(email.Html, $"""<a href="{encoded}">{encoded}</a>"""));
        Assert.Contains(life, email.Text, StringComparison.Ordinal);
        Assert.Contains(life, Decoded(email.Html), StringComparison.Ordinal);
        foreach (string part in new[] { email.Text, email.Html, email.Subject, email.Id })
            Assert.Equal(Count(part, Token), Count(part, "#" + Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Mail_without_a_link_contains_no_link_with_a_token(MailKind kind)
    {
        if (Links.Any(row => (MailKind)row[0] == kind))
            return;

        RenderedEmail email = Write(Mail(kind));

        Assert.Null(email.Link);
        Assert.DoesNotContain("#", email.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<a", email.Html, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "S-42 S-52 Mail contains no text that a stranger chose")]
    [MemberData(nameof(Kinds))]
    public void Mail_contains_no_text_that_a_stranger_chose(MailKind kind)
    {
        const string hostile =
            "Your account is locked, see https://evil.example/now <img src=x>\r\nBcc: eve@evil.example";
        RenderedEmail email = Write(
            Mail(kind) with
            {
                Detail = hostile,
                Device = new ClientDevice(hostile, hostile, hostile),
            }
        );

        foreach (string part in new[] { email.Subject, email.Text, Decoded(email.Html) })
        {
            foreach (string word in new[] { "locked", "evil", "<img", "Bcc" })
                Assert.DoesNotContain(word, part, StringComparison.Ordinal);
        }

        Assert.Contains(
            "From: an unknown program, an unknown system, an unknown IP address",
            email.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Mail_about_several_events_names_their_number_and_the_time_of_the_last()
    {
        RenderedEmail email = Write(Mail(MailKind.RecoveryCodesMade) with { Count = 3 });

        Assert.Contains(
            "When: 3 times, the last on 4 May 2026, 12:03 UTC",
            email.Text,
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
    public void Browser_is_named_only_by_a_known_name(string browser, string named)
    {
        RenderedEmail email = Write(
            Mail(MailKind.PasswordChanged) with
            {
                Device = new ClientDevice(browser, "Linux", "192.0.2.1"),
            }
        );

        Assert.Contains($"From: {named}, Linux, 192.0.2.1", email.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_email_learns_of_the_change_and_the_new_email_that_it_is_now_in_use()
    {
        OutgoingMail changed = Mail(MailKind.EmailChanged) with { Detail = "new@example.org" };

        RenderedEmail toOld = Write(changed);
        RenderedEmail toNew = Write(changed with { To = "new@example.org" });

        Assert.Contains(
            "was changed. You can no longer sign in with this one",
            toOld.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("new@example.org", toOld.Text, StringComparison.Ordinal);
        Assert.Contains("now the email", toNew.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_id_is_the_same_at_every_attempt_and_reveals_no_id_of_the_mail()
    {
        OutgoingMail mail = Mail(MailKind.VerifyEmail);

        string id = Write(mail).Id;

        Assert.Equal(id, Write(mail with { Token = new Secret("another") }).Id);
        Assert.NotEqual(id, Write(mail with { Id = "another" }).Id);
        Assert.NotEqual(
            id,
            s_renderer.Render(UserId.New(TimeProvider.System.GetUtcNow()), mail).Id
        );
        Assert.DoesNotContain(mail.Id, id, StringComparison.Ordinal);
    }

    [Fact]
    public void Rendered_email_is_not_printed() =>
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
                + (
                    kind == MailKind.ResetPassword ? TimeSpan.FromMinutes(30) : TimeSpan.FromDays(1)
                ),
            Method: AuthenticationMethod.Totp
        );

    private static RenderedEmail Write(OutgoingMail mail) => s_renderer.Render(s_user, mail);

    private static string Decoded(string html) => System.Net.WebUtility.HtmlDecode(html);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private sealed class Pages : IPublicOrigin
    {
        public string Origin => EmailRenderingTests.Origin;
    }
}
