using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>The passkey calls that pages make.</summary>
public static class PasskeyCalls
{
    public const string AddOptions = "/passkeys/options";
    public const string LoginOptions = "/login/passkey/options";

    /// <summary>Requests the options for an authenticator.</summary>
    public static async Task<(string Challenge, JsonElement Options)> RequestOptions(
        this BrowserClient browser,
        string path
    )
    {
        if (path == AddOptions)
            await browser.VerifyEmail();
        using HttpResponseMessage response = await browser.Post(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("challenge").GetString()!, body.GetProperty("options"));
    }

    /// <summary>Adds a passkey to the account.</summary>
    public static async Task<HttpResponseMessage> AddPasskey(
        this BrowserClient browser,
        SoftwareAuthenticator authenticator,
        Ceremony? ceremony = null,
        string name = "Laptop"
    )
    {
        (string challenge, JsonElement options) = await browser.RequestOptions(AddOptions);
        return await browser.PostPasskey(challenge, authenticator.Create(options, ceremony), name);
    }

    public static Task<HttpResponseMessage> PostPasskey(
        this BrowserClient browser,
        string challenge,
        JsonNode credential,
        string name = "Laptop"
    ) =>
        browser.Post(
            "/passkeys",
            new
            {
                challenge,
                name,
                credential,
            }
        );

    /// <summary>Signs in with a passkey.</summary>
    public static async Task<HttpResponseMessage> LoginWith(
        this BrowserClient browser,
        SoftwareAuthenticator authenticator,
        Ceremony? ceremony = null
    )
    {
        (string challenge, JsonElement options) = await browser.RequestOptions(LoginOptions);
        return await browser.PostLogin(challenge, authenticator.Sign(options, ceremony));
    }

    public static Task<HttpResponseMessage> PostLogin(
        this BrowserClient browser,
        string challenge,
        JsonNode credential,
        bool remember = true
    ) =>
        browser.Post(
            "/login/passkey",
            new
            {
                challenge,
                credential,
                remember,
            }
        );

    /// <summary>Steps up with a passkey.</summary>
    public static async Task<HttpResponseMessage> StepUpWith(
        this BrowserClient browser,
        SoftwareAuthenticator authenticator,
        Ceremony? ceremony = null
    )
    {
        (string challenge, JsonElement options) = await browser.RequestOptions(LoginOptions);
        return await browser.Post(
            "/step-up",
            new { challenge, credential = authenticator.Sign(options, ceremony) }
        );
    }

    /// <summary>The passkeys of the account.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Passkeys(this BrowserClient browser)
    {
        using HttpResponseMessage response = await browser.Get("/passkeys");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return [.. body.GetProperty("passkeys").EnumerateArray()];
    }

    /// <summary>Registers an account with this passkey; returns its email.</summary>
    public static async Task<string> RegisterWithPasskey(
        this BrowserClient browser,
        SoftwareAuthenticator authenticator
    )
    {
        string email = People.NewEmail();
        using HttpResponseMessage registered = await browser.Register(email);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        using HttpResponseMessage added = await browser.AddPasskey(authenticator);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        return email;
    }
}
