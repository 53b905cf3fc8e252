using System.Net;
using System.Text.RegularExpressions;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>The lines of the security log about changes of accounts.</summary>
public sealed class AccountLogTests
{
    private const string First = "canary-first-password-81c2";
    private const string Second = "canary-second-password-93d7";
    private const string Third = "canary-third-password-a5e1";

    [Fact(
        DisplayName = "S-65 S-66 Each change of an account is one log line, without secrets, tokens or emails"
    )]
    public async Task Change_of_an_account_is_one_log_line_without_secrets()
    {
        await using RunningNode node = await RunningNode.Start();
        using BrowserClient browser = node.NewBrowser();
        string email = $"canary-{Guid.NewGuid():N}@example.org";
        string next = $"canary-{Guid.NewGuid():N}@example.org";
        List<string> hidden = [First, Second, Third, email, next];
        void HideCookies() =>
            hidden.AddRange(
                browser.Cookies.Values.SelectMany(cookie =>
                    cookie.Split('.').Where(part => part.Length > 20)
                )
            );

        await browser.Register(email, First).Answered(HttpStatusCode.Created);
        HideCookies();
        string verify = await node.Token(email, Mailbox.Verify);
        await browser
            .Post("/email/verification/confirm", new { token = verify })
            .Answered(HttpStatusCode.OK);
        await browser.Post("/step-up", new { password = First + " wrong" });
        await browser.Post("/step-up", new { password = First }).Answered(HttpStatusCode.NoContent);
        HideCookies();
        Authenticator app = await Authenticator.TurnOn(node, browser);
        HideCookies();
        await browser
            .Post("/password/change", new { currentPassword = First, newPassword = Second })
            .Answered(HttpStatusCode.NoContent);
        await browser.Login(email, Second).Answered(HttpStatusCode.OK);
        HideCookies();
        await browser
            .Post("/login/second-factor", new { recoveryCode = app.RecoveryCodes[0] + "X" })
            .Refused(HttpStatusCode.Unauthorized, "code-refused");
        await browser
            .Post("/login/second-factor", new { recoveryCode = app.RecoveryCodes[0] })
            .Answered(HttpStatusCode.OK);
        HideCookies();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string change = await node.Token(next, Mailbox.NewEmail);
        await browser
            .Post("/email/change/confirm", new { token = change })
            .Answered(HttpStatusCode.OK);
        await browser.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);
        await browser.Post("/password/forgot", new { email = next });
        string reset = await node.Token(next, Mailbox.Reset);
        await browser
            .Post("/password/reset", new { token = reset, password = Third })
            .Answered(HttpStatusCode.NoContent);
        await browser.Post("/password/reset", new { token = reset, password = Third });
        await browser.Login(next, Third).Answered(HttpStatusCode.OK);
        HideCookies();
        await browser.Delete("/me").Answered(HttpStatusCode.NoContent);
        await node.WaitForMail(next, "account was deleted");

        hidden.AddRange([app.Secret, .. app.RecoveryCodes]);
        hidden.AddRange(new[] { verify, change, reset }.Select(token => token.Split('.')[1]));
        string log = string.Join('\n', node.Log.Lines);
        Assert.All(
            hidden,
            text => Assert.DoesNotContain(text, log, StringComparison.OrdinalIgnoreCase)
        );
        string[] lines =
        [
            "Email verified: user {user}, account started over: False, from {ip}",
            "Refused: sign-in-refused at POST /step-up, session {short}, user {user}, from {ip}",
            "Stepped up: session {short}, user {user}, from {ip}",
            "Factor changed: totp-added, user {user}, from {ip}",
            "Password changed: user {user}, from {ip}",
            "Refused: code-refused at POST /login/second-factor, user {user}, from {ip}",
            "Email changed: user {user}, from {ip}",
            "Factor changed: totp-removed, user {user}, from {ip}",
            "Password reset requested: email {short}, from {ip}",
            "Password reset: user {user}, from {ip}",
            "Account deleted: user {user}, from {ip}",
        ];
        foreach (string line in lines)
            Assert.Single(node.Log.Lines, written => Pattern(line).IsMatch(written));
    }

    private static Regex Pattern(string line) =>
        new(
            Regex
                .Escape(line)
                .Replace(@"\{user}", "[0-9a-f]{32}", StringComparison.Ordinal)
                .Replace(@"\{short}", "[0-9a-f]{12}", StringComparison.Ordinal)
                .Replace(@"\{ip}", @"127\.0\.0\.1", StringComparison.Ordinal) + "$"
        );
}
