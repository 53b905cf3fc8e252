using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A session that ends while its request is being answered.</summary>
public sealed class ConcurrentRevocationTests
{
    [Fact]
    public async Task Later_of_two_devices_that_end_each_other_is_answered_that_it_is_signed_out()
    {
        DelayedCalls held = new("EndSession", answers: false);
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IOutgoingGrainCallFilter>(held)
        );
        (BrowserClient laptop, string email) = await node.NewUser();
        using BrowserClient phone = node.NewBrowser();
        await phone.Login(email).Answered(HttpStatusCode.OK);

        Task<HttpResponseMessage> second = laptop.Delete($"/sessions/{await phone.SessionId()}");
        await held.Arrived.WaitAsync(TimeSpan.FromSeconds(60));
        await phone.Delete("/sessions").Answered(HttpStatusCode.NoContent);
        held.Release();

        await second.Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.True(await phone.IsSignedIn());
        laptop.Dispose();
    }
}
