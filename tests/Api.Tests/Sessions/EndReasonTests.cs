using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>The reasons with which ended sessions are listed.</summary>
public sealed class EndReasonTests(OwnNode own) : IClassFixture<OwnNode>
{
    private readonly string _email = People.NewEmail();

    private RunningNode Node => own.Node;

    [Fact]
    public async Task Signed_out_session_is_listed_as_signed_out()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();

        await phone.Post("/logout");

        Assert.Equal("signed-out", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task Session_that_ends_itself_by_id_is_listed_as_signed_out()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();

        using HttpResponseMessage ended = await phone.Delete($"/sessions/{session}");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        SetCookies.BothCleared(ended);
        Assert.Equal("signed-out", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task Session_ended_from_another_one_is_listed_as_revoked_by_its_user()
    {
        (BrowserClient laptop, _, string session) = await TwoDevices();

        using HttpResponseMessage ended = await laptop.Delete($"/sessions/{session}");

        SetCookies.None(ended);
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task Sessions_ended_all_together_are_listed_as_revoked_by_their_user()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();

        using HttpResponseMessage ended = await laptop.Delete("/sessions");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        SetCookies.None(ended);
        Assert.False(await phone.IsSignedIn());
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task Ending_all_sessions_with_the_current_one_lists_that_one_as_signed_out()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();
        string own = await laptop.SessionId();
        (string? access, string? refresh) = (laptop.AccessToken, laptop.RefreshToken);

        using HttpResponseMessage ended = await laptop.Delete("/sessions?include=current");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        SetCookies.BothCleared(ended);
        (laptop.AccessToken, laptop.RefreshToken) = (access, refresh);
        Assert.False(await laptop.IsSignedIn());
        Assert.False(await phone.IsSignedIn());
        (laptop.AccessToken, laptop.RefreshToken) = (null, null);
        await laptop.Login(_email);
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(laptop, session));
        Assert.Equal("signed-out", await DeviceListing.Reason(laptop, own));
    }

    [Fact]
    public async Task Session_replaced_by_a_sign_in_in_the_same_browser_is_listed_as_signed_in_again()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();

        await phone.Login(_email);
        Assert.True(await phone.IsSignedIn());

        Assert.Equal("signed-in-again", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task Unused_session_is_listed_as_expired()
    {
        (BrowserClient laptop, _, string session) = await TwoDevices();
        for (int i = 0; i < 31; i++)
        {
            Node.Clock.Advance(TimeSpan.FromDays(1));
            Assert.True(await laptop.IsSignedIn());
        }

        Assert.Equal("expired", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task Last_ten_ended_sessions_are_listed_latest_first()
    {
        (BrowserClient laptop, BrowserClient phone, _) = await TwoDevices();
        List<string> ended = [];
        for (int i = 0; i < 12; i++)
        {
            ended.Insert(0, await phone.SessionId());
            await phone.Login(_email);
        }

        Assert.True(await phone.IsSignedIn());
        DeviceListing list = await DeviceListing.Of(laptop);

        Assert.Equal(2, list.Sessions.Count);
        Assert.Equal(ended.Take(10), list.Ended.Select(past => past.Id));
        Assert.All(list.Ended, past => Assert.InRange(past.EndedAt, past.CreatedAt, Now));
    }

    private DateTimeOffset Now => Node.Clock.GetUtcNow();

    private async Task<(
        BrowserClient Laptop,
        BrowserClient Phone,
        string PhonesSession
    )> TwoDevices()
    {
        BrowserClient laptop = Node.NewBrowser();
        BrowserClient phone = Node.NewBrowser();
        await laptop.Register(_email);
        await phone.Login(_email);
        return (laptop, phone, await phone.SessionId());
    }
}
