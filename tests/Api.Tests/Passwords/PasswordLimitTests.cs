using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passwords;

/// <summary>Pages and OpenAPI state the password length limits of the settings.</summary>
public sealed class PasswordLimitTests(PasswordLimitTests.StrictNode strict)
    : IClassFixture<PasswordLimitTests.StrictNode>
{
    [Fact]
    public async Task Pages_state_the_password_length_limits()
    {
        using BrowserClient browser = strict.Node.NewBrowser();
        JsonElement policy = await browser.Get("/password/policy").Answered(HttpStatusCode.OK);
        Assert.Equal(12, policy.GetProperty("minLength").GetInt32());
        Assert.Equal(256, policy.GetProperty("maxLength").GetInt32());

        string email = People.NewEmail();
        using HttpResponseMessage tooShort = await browser.Register(email, "tulip river");
        await Problem.Is(tooShort, HttpStatusCode.BadRequest, "invalid-field");
        using HttpResponseMessage longEnough = await browser.Register(email, "tulip rivers");
        Assert.Equal(HttpStatusCode.Created, longEnough.StatusCode);
    }

    [Theory]
    [InlineData("RegisterRequest", "password")]
    [InlineData("PasswordChangeRequest", "newPassword")]
    [InlineData("PasswordResetRequest", "password")]
    public async Task OpenAPI_states_the_password_length_limits(string request, string member)
    {
        using BrowserClient browser = strict.Node.NewBrowser();
        using HttpResponseMessage answer = await browser.Get("/openapi/v1.json");
        JsonElement document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement password = document
            .GetProperty("components")
            .GetProperty("schemas")
            .GetProperty(request)
            .GetProperty("properties")
            .GetProperty(member);

        Assert.Equal("The new password.", password.GetProperty("description").GetString());
        Assert.Equal(12, password.GetProperty("minLength").GetInt32());
        Assert.Equal(256, password.GetProperty("maxLength").GetInt32());
    }

    public sealed class StrictNode : IAsyncLifetime
    {
        public RunningNode Node { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Node = await RunningNode.Start(
                new Dictionary<string, string> { ["PASSWORD_MIN_LENGTH"] = "12" }
            );

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }
}
