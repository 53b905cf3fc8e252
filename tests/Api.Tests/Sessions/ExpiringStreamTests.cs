using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>The event stream of a session that expires.</summary>
public sealed class ExpiringStreamTests
{
    [Fact]
    public async Task Open_stream_does_not_keep_its_session_alive_and_closes_when_it_expires()
    {
        await using RunningNode node = await RunningNode.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail());
        using OpenStream events = await OpenStream.Of(browser);
        node.Clock.Advance(TimeSpan.FromDays(31));

        // The node checks the session at each heartbeat, fifteen seconds apart.
        Task<IReadOnlyList<string>> end = events.Rest();
        IReadOnlyList<string> lines = await end.WaitAsync(TimeSpan.FromSeconds(25));
        Assert.Equal("""data: {"reason":"expired"}""", lines[1]);
    }
}
