using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>A session id alone gives access to nothing.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class SessionIdTests(SharedNode shared)
{
    [Fact(
        DisplayName = "S-13 A session id opens nothing, in whichever header or cookie it is sent"
    )]
    public async Task Session_id_alone_opens_nothing()
    {
        using BrowserClient victim = shared.Node.NewBrowser();
        await victim.Register(People.NewEmail());
        string id = await victim.SessionId();

        using BrowserClient attacker = shared.Node.NewBrowser();
        foreach (
            string path in new[]
            {
                $"/test?sid={id}",
                $"/test?access_token={id}",
                $"/me?session={id}",
                $"/sessions?sid={id}",
            }
        )
        {
            using HttpResponseMessage response = await attacker.Get(path);
            await Problem.Is(response, HttpStatusCode.Unauthorized, "not-signed-in");
        }

        foreach (string header in new[] { "Authorization", "X-Session-Id", "X-User-Id" })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/test");
            request.Headers.TryAddWithoutValidation(
                header,
                header == "Authorization" ? $"Bearer {id}" : id
            );
            using HttpResponseMessage response = await attacker.Send(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        attacker.AccessToken = id;
        attacker.RefreshToken = id;
        Assert.False(await attacker.IsSignedIn());
        using HttpResponseMessage path404 = await attacker.Get($"/sessions/{id}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, path404.StatusCode);
        Assert.True(await victim.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-13 Session ids are 128 random bits: of a thousand, no two share a prefix"
    )]
    public void Session_ids_are_random()
    {
        string[] ids =
        [
            .. Enumerable.Range(0, 1000).Select(_ => Domain.Sessions.SessionId.New().Value),
        ];
        Assert.All(ids, id => Assert.Equal(22, id.Length));
        Assert.Equal(1000, ids.Select(id => id[..8]).Distinct().Count());
    }
}
