using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

[Collection(SharedNodeTests.Name)]
public sealed class SessionLimitTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-22 All live sessions are listed, and the 101st sign-in ends the oldest one"
    )]
    public async Task Sign_in_101_ends_the_oldest_session()
    {
        string email = People.NewEmail();
        List<BrowserClient> browsers = [shared.Node.NewBrowser()];
        await browsers[0].Register(email);
        List<string> sessions = [await browsers[0].SessionId()];
        for (int i = 1; i < 100; i++)
        {
            browsers.Add(shared.Node.NewBrowser());
            await browsers[i].Login(email);
            sessions.Add(await browsers[i].SessionId());
        }

        DeviceListing full = await DeviceListing.Of(browsers[0]);
        using BrowserClient last = shared.Node.NewBrowser();
        await last.Login(email);

        Assert.Equal(sessions, full.Sessions.Select(device => device.Id));
        Assert.False(await browsers[0].IsSignedIn());
        Assert.True(await browsers[1].IsSignedIn());
        Assert.Equal("session-limit", await DeviceListing.Reason(last, sessions[0]));
        Assert.Equal(100, (await DeviceListing.Of(last)).Sessions.Count);
        browsers.ForEach(browser => browser.Dispose());
    }
}
