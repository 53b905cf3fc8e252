using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Accounts;

[Collection(SharedNodeTests.Name)]
public sealed class RegistrationTests(SharedNode shared)
{
    [Fact]
    public async Task Registration_creates_the_account_and_signs_in()
    {
        string email = People.NewEmail();
        using BrowserClient browser = shared.Node.NewBrowser();

        using HttpResponseMessage response = await browser.Register(email);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        JsonElement account = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(email, account.GetProperty("email").GetString());
        JsonElement me = await (await browser.Get("/me")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            account.GetProperty("userId").GetString(),
            me.GetProperty("userId").GetString()
        );
        Assert.Equal(email, me.GetProperty("email").GetString());
        Assert.True(me.GetProperty("session").GetProperty("current").GetBoolean());
    }

    [Fact]
    public async Task Registration_of_a_taken_email_is_409_and_keeps_its_password()
    {
        string email = People.NewEmail();
        using BrowserClient owner = shared.Node.NewBrowser();
        using BrowserClient other = shared.Node.NewBrowser();
        await owner.Register(email);

        using HttpResponseMessage taken = await other.Register(email, "another long password");

        await Problem.Is(taken, HttpStatusCode.Conflict, "email-taken");
        SetCookies.None(taken);
        using HttpResponseMessage login = await other.Login(email);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    [Fact]
    public async Task Email_of_an_interrupted_registration_is_free_for_the_next_one()
    {
        InterruptedRegistration broken = new();
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IIncomingGrainCallFilter>(broken)
        );
        string email = People.NewEmail();
        using BrowserClient browser = node.NewBrowser();

        broken.Off = true;
        using HttpResponseMessage first = await browser.Register(email);
        broken.Off = false;
        using HttpResponseMessage login = await browser.Login(email);
        using HttpResponseMessage second = await browser.Register(email);

        await Problem.Is(first, HttpStatusCode.ServiceUnavailable, "unavailable");
        await Problem.Is(login, HttpStatusCode.Unauthorized, "sign-in-refused");
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        using HttpResponseMessage third = await browser.Register(email);
        await Problem.Is(third, HttpStatusCode.Conflict, "email-taken");
    }

    /// <summary>Interrupts registrations after the email was claimed.</summary>
    private sealed class InterruptedRegistration : IIncomingGrainCallFilter
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
