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
        await using RunningNode node = await RunningNode.Start();
        (BrowserClient browser, string address) = await node.NewPerson();
        Authenticator app = await Authenticator.TurnOn(node, browser);
        string next = People.NewAddress();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        await browser
            .Post("/password/forgot", new { email = address })
            .Answered(HttpStatusCode.Accepted);
        string[] tokens =
        [
            await node.Token(address, Mailbox.Verify),
            await node.Token(address, Mailbox.Reset),
            await node.Token(next, Mailbox.NewAddress),
        ];
        byte[] raw = OtpNet.Base32Encoding.ToBytes(app.Secret);

        string files = await Files(node.Directory);

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
            browser.RefreshToken!.Split('.')[^1],
        ];
        Assert.All(
            secrets,
            secret => Assert.DoesNotContain(secret, files, StringComparison.OrdinalIgnoreCase)
        );
        browser.Dispose();
    }

    private static async Task<string> Files(string directory)
    {
        StringBuilder text = new();
        foreach (string path in Directory.EnumerateFiles(directory, "sessionauth.db*"))
        {
            await using FileStream file = new(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using StreamReader reader = new(file, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
