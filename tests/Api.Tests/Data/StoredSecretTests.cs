using System.Net;
using System.Text;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Data;

/// <summary>Reading the database files gives no secret to sign in or follow a link with.</summary>
public sealed class StoredSecretTests
{
    [Fact(
        DisplayName = "S-39 S-56 No password, mailed token, authenticator secret or recovery code is in the database files"
    )]
    public async Task Secrets_are_not_in_the_database_files()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        string email,
            refresh;
        string[] tokens;
        Authenticator app;
        await using (RunningNode node = await RunningNode.Start(directory: directory))
        {
            (BrowserClient browser, email) = await node.NewUser();
            app = await Authenticator.TurnOn(node, browser);
            refresh = browser.RefreshToken!;
            string next = People.NewEmail();
            await browser
                .Post("/email/change", new { email = next })
                .Answered(HttpStatusCode.Accepted);
            await browser.Post("/password/forgot", new { email }).Answered(HttpStatusCode.Accepted);
            tokens =
            [
                await node.Token(email, Mailbox.Verify),
                await node.Token(email, Mailbox.Reset),
                await node.Token(next, Mailbox.NewEmail),
            ];
            browser.Dispose();
        }

        byte[] raw = OtpNet.Base32Encoding.ToBytes(app.Secret);

        // This includes freed pages.
        string files = string.Concat(
            Directory
                .EnumerateFiles(directory, "sessionauth.db*")
                .Select(path => File.ReadAllText(path, Encoding.Latin1))
        );

        Assert.Contains(email, files, StringComparison.Ordinal);
        string[] secrets =
        [
            People.Password,
            app.Secret,
            Encoding.Latin1.GetString(raw),
            Convert.ToBase64String(raw).TrimEnd('='),
            Convert.ToHexStringLower(raw),
            .. app.RecoveryCodes,
            .. app.RecoveryCodes.Select(code => code.Replace("-", "", StringComparison.Ordinal)),
            .. tokens.Select(token => token.Split('.')[1]),
            refresh.Split('.')[^1],
        ];
        Assert.All(
            secrets,
            secret => Assert.DoesNotContain(secret, files, StringComparison.OrdinalIgnoreCase)
        );
        Directory.Delete(directory, recursive: true);
    }
}
