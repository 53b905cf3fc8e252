using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A stream of a session that ends by itself.</summary>
public sealed class ExpiringStreamTests
{
    [Fact]
    public async Task An_open_stream_is_no_use_of_the_session_and_ends_when_it_expires()
    {
        await using RunningNode node = await RunningNode.Start();
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());
        using EventReader events = await EventReader.Open(browser);
        node.Clock.Advance(TimeSpan.FromDays(31));

        // The session is asked again at the next sign of life, fifteen seconds from the first.
        Task<string[]> end = events.ToTheEnd();
        string[] lines = await end.WaitAsync(TimeSpan.FromSeconds(25));
        Assert.Equal("""data: {"reason":"expired"}""", lines[1]);
    }
}
