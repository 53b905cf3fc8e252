using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Why each session ended, as another session of the same user is told.</summary>
public sealed class EndReasonTests(OwnNode own) : IClassFixture<OwnNode>
{
    private readonly string _address = People.NewAddress();

    private RunningNode Node => own.Node;

    [Fact]
    public async Task A_sign_out_is_listed_as_signed_out()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();

        await phone.Post("/logout");

        Assert.Equal("signed-out", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task A_session_that_ends_itself_by_its_id_has_signed_out()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();

        using HttpResponseMessage ended = await phone.Delete($"/sessions/{session}");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        SetCookies.BothCleared(ended);
        Assert.Equal("signed-out", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task A_session_that_another_ended_was_revoked_by_its_user()
    {
        (BrowserClient laptop, _, string session) = await TwoDevices();

        using HttpResponseMessage ended = await laptop.Delete($"/sessions/{session}");

        SetCookies.None(ended);
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task All_others_were_revoked_by_their_user()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();

        using HttpResponseMessage ended = await laptop.Delete("/sessions");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        SetCookies.None(ended);
        Assert.False(await phone.IsSignedIn());
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task Ending_all_with_the_current_one_signs_that_one_out()
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
        await laptop.Login(_address);
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(laptop, session));
        Assert.Equal("signed-out", await DeviceListing.Reason(laptop, own));
    }

    [Fact]
    public async Task A_sign_in_from_the_same_browser_ends_its_session_as_signed_in_again()
    {
        (BrowserClient laptop, BrowserClient phone, string session) = await TwoDevices();

        await phone.Login(_address);
        Assert.True(await phone.IsSignedIn());

        Assert.Equal("signed-in-again", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task A_session_that_was_not_used_has_expired()
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
    public async Task The_last_ten_that_ended_are_listed_latest_first()
    {
        (BrowserClient laptop, BrowserClient phone, _) = await TwoDevices();
        List<string> ended = [];
        for (int i = 0; i < 12; i++)
        {
            ended.Insert(0, await phone.SessionId());
            await phone.Login(_address);
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
        await laptop.Register(_address);
        await phone.Login(_address);
        return (laptop, phone, await phone.SessionId());
    }
}
