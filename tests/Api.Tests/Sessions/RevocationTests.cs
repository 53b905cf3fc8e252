using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Ending sessions, one's own and no others.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class RevocationTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-19 A session that another one has revoked is refused at once, by each of its tokens"
    )]
    public async Task A_session_that_another_one_has_revoked_is_refused_at_once()
    {
        string address = People.NewAddress();
        using BrowserClient laptop = shared.Node.NewBrowser();
        using BrowserClient phone = shared.Node.NewBrowser();
        await laptop.Register(address);
        await phone.Login(address);
        string session = await phone.SessionId();

        using HttpResponseMessage revoked = await laptop.Delete($"/sessions/{session}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.False(await phone.IsSignedIn());
        using HttpResponseMessage refresh = await phone.Post("/refresh");
        Assert.Equal(HttpStatusCode.Unauthorized, refresh.StatusCode);
        Assert.True(await laptop.IsSignedIn());
        Assert.Equal("revoked-by-user", await DevicesSeen.ReasonOf(session, laptop));

        using HttpResponseMessage again = await laptop.Delete($"/sessions/{session}");
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }
}
