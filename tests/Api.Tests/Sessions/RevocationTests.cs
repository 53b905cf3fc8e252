using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Ending the user's other sessions.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class RevocationTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-19 A session revoked from another one is refused at once, with each of its tokens"
    )]
    public async Task Revoked_session_is_refused_at_once_with_each_of_its_tokens()
    {
        string email = People.NewEmail();
        using BrowserClient laptop = shared.Node.NewBrowser();
        using BrowserClient phone = shared.Node.NewBrowser();
        await laptop.Register(email);
        await phone.Login(email);
        string session = await phone.SessionId();

        using HttpResponseMessage revoked = await laptop.Delete($"/sessions/{session}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.False(await phone.IsSignedIn());
        using HttpResponseMessage refresh = await phone.Post("/refresh");
        Assert.Equal(HttpStatusCode.Unauthorized, refresh.StatusCode);
        Assert.True(await laptop.IsSignedIn());
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(laptop, session));

        using HttpResponseMessage again = await laptop.Delete($"/sessions/{session}");
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }
}
