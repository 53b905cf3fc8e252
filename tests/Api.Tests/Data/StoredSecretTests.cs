using System.Net;
using System.Text;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Data;

/// <summary>Whoever reads the files can neither sign in nor follow a link.</summary>
public sealed class StoredSecretTests
{
    [Fact(
        DisplayName = "S-39 S-56 No password, mailed token, authenticator's secret or recovery code is in the files"
    )]
    public async Task No_secret_is_in_the_files()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        string address,
            refresh;
        string[] tokens;
        Authenticator app;
        await using (RunningNode node = await RunningNode.Start(directory: directory))
        {
            (BrowserClient browser, address) = await node.NewPerson();
            app = await Authenticator.TurnOn(node, browser);
            refresh = browser.RefreshToken!;
            string next = People.NewAddress();
            await browser
                .Post("/email/change", new { email = next })
                .Answered(HttpStatusCode.Accepted);
            await browser
                .Post("/password/forgot", new { email = address })
                .Answered(HttpStatusCode.Accepted);
            tokens =
            [
                await node.Token(address, Mailbox.Verify),
                await node.Token(address, Mailbox.Reset),
                await node.Token(next, Mailbox.NewAddress),
            ];
            browser.Dispose();
        }

        byte[] raw = OtpNet.Base32Encoding.ToBytes(app.Secret);

        // Pages that were freed are in them too.
        string files = string.Concat(
            Directory
                .EnumerateFiles(directory, "sessionauth.db*")
                .Select(path => File.ReadAllText(path, Encoding.Latin1))
        );

        Assert.Contains(address, files, StringComparison.Ordinal);
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
