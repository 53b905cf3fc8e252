using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Accounts;

[Collection(SharedNodeTests.Name)]
public sealed class RegisterTests(SharedNode shared)
{
    [Fact]
    public async Task Registering_makes_the_user_and_signs_in()
    {
        string address = People.NewAddress();
        using BrowserClient browser = shared.Node.NewBrowser();

        using HttpResponseMessage response = await browser.Register(address);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        JsonElement account = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(address, account.GetProperty("email").GetString());
        JsonElement me = await (await browser.Get("/me")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            account.GetProperty("userId").GetString(),
            me.GetProperty("userId").GetString()
        );
        Assert.Equal(address, me.GetProperty("email").GetString());
        Assert.True(me.GetProperty("session").GetProperty("current").GetBoolean());
    }

    [Fact]
    public async Task A_taken_address_is_409_and_its_password_stays()
    {
        string address = People.NewAddress();
        using BrowserClient owner = shared.Node.NewBrowser();
        using BrowserClient other = shared.Node.NewBrowser();
        await owner.Register(address);

        using HttpResponseMessage taken = await other.Register(address, "another long password");

        await Problem.Is(taken, HttpStatusCode.Conflict, "address-taken");
        SetCookies.None(taken);
        using HttpResponseMessage login = await other.Login(address);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    [Fact]
    public async Task An_address_whose_registration_broke_off_is_free_at_the_next_request()
    {
        BrokenOff broken = new();
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IIncomingGrainCallFilter>(broken)
        );
        string address = People.NewAddress();
        using BrowserClient browser = node.NewBrowser();

        broken.Off = true;
        using HttpResponseMessage first = await browser.Register(address);
        broken.Off = false;
        using HttpResponseMessage login = await browser.Login(address);
        using HttpResponseMessage second = await browser.Register(address);

        await Problem.Is(first, HttpStatusCode.ServiceUnavailable, "unavailable");
        await Problem.Is(login, HttpStatusCode.Unauthorized, "sign-in-refused");
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        using HttpResponseMessage third = await browser.Register(address);
        await Problem.Is(third, HttpStatusCode.Conflict, "address-taken");
    }

    /// <summary>Lets an address be claimed, and nothing come of it.</summary>
    private sealed class BrokenOff : IIncomingGrainCallFilter
    {
        public bool Off { get; set; }

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (Off && context.MethodName == "Claim")
                throw new StorageUnavailableException();
        }
    }
}
