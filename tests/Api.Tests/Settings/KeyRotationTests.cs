using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Settings;

/// <summary>Rotation of the signing secrets while users are signed in.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory(
        DisplayName = "S-55 With a new secret before the old one everyone stays signed in; without the old one its tokens are refused"
    )]
    [InlineData("COOKIE_SIGNATURE", "JWT_SIGNATURE")]
    [InlineData("JWT_SIGNATURE", "COOKIE_SIGNATURE")]
    public async Task Rotated_secret_signs_nobody_out_and_a_removed_one_is_refused(
        string rotated,
        string other
    )
    {
        (string old, string next, string kept) = (
            KnownSecrets.NewSecret(),
            KnownSecrets.NewSecret(),
            KnownSecrets.NewSecret()
        );
        BrowserClient browser;
        await using (RunningNode node = await Start(old))
        {
            browser = node.NewBrowser();
            await browser.Register(People.NewEmail());
        }

        string oldAccess = browser.AccessToken!;
        await using (RunningNode node = await Start($"{next},{old}"))
        {
            browser = MoveTo(browser, node);
            Assert.True(await browser.IsSignedIn());
            using HttpResponseMessage refreshed = await browser.Post("/refresh");
            refreshed.EnsureSuccessStatusCode();
        }

        await using (RunningNode node = await Start(next))
        {
            browser = MoveTo(browser, node);
            Assert.True(await browser.IsSignedIn());
            browser.Cookies.Clear();
            browser.AccessToken = oldAccess;
            Assert.False(await browser.IsSignedIn());
        }

        Task<RunningNode> Start(string secret) =>
            RunningNode.Start(
                new Dictionary<string, string> { [rotated] = secret, [other] = kept },
                directory: _directory
            );
    }

    private static BrowserClient MoveTo(BrowserClient old, RunningNode node)
    {
        BrowserClient browser = node.NewBrowser();
        (browser.AccessToken, browser.RefreshToken) = (old.AccessToken, old.RefreshToken);
        old.Dispose();
        return browser;
    }
}
