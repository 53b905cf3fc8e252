using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>Each call that needs a grain, while grain calls fail.</summary>
public sealed class FaultAtEveryCallTests(FaultAtEveryCallTests.FaultyNode faulty)
    : IClassFixture<FaultAtEveryCallTests.FaultyNode>
{
    [Theory(
        DisplayName = "S-53 S-01 An internal error is a 500 at every call, without details and with all security headers"
    )]
    [MemberData(nameof(Calls.CallingGrains), MemberType = typeof(Calls))]
    public async Task Internal_error_is_500_without_details(string method, string path)
    {
        using HttpResponseMessage response = await Send(
            method,
            path,
            () => new InvalidOperationException("secret-inner-detail")
        );
        await Problem.Is(response, HttpStatusCode.InternalServerError, "internal");
        Assert.Equal(
            """{"type":"urn:sessionauth:problem:internal","title":"Something went wrong on our side.","status":500,"code":"internal"}""",
            await response.Content.ReadAsStringAsync()
        );
    }

    [Theory(
        DisplayName = "S-53 S-01 While storage is unavailable every call is 503 with Retry-After and keeps the cookies"
    )]
    [MemberData(nameof(Calls.CallingGrains), MemberType = typeof(Calls))]
    public async Task Unavailable_storage_is_503_at_every_call(string method, string path)
    {
        using HttpResponseMessage response = await Send(
            method,
            path,
            () => new StorageUnavailableException("secret-inner-detail")
        );
        await Problem.Is(response, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    private async Task<HttpResponseMessage> Send(string method, string path, Func<Exception> fault)
    {
        using BrowserClient browser = faulty.Node.NewBrowser();
        JsonElement account = await browser
            .Register(People.NewEmail())
            .Answered(HttpStatusCode.Created);
        // Well-formed, so that the account's grain is called.
        string token = account.GetProperty("userId").GetString() + "." + new string('a', 43);
        object? body = path switch
        {
            "/register" or "/login" => new
            {
                email = People.NewEmail(),
                password = People.Password,
            },
            "/password/forgot" => new { email = People.NewEmail() },
            "/password/reset" => new { token, password = People.Password },
            "/email/verification/confirm" => new { token },
            _ => null,
        };
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType());

        faulty.Faults.Throw = fault;
        HttpResponseMessage response = await browser.Send(request);
        faulty.Faults.Throw = null;

        SecurityHeaders.Are(response);
        SetCookies.None(response);
        Assert.True(await browser.IsSignedIn());
        return response;
    }

    public sealed class FaultyNode : IAsyncLifetime
    {
        public FaultyCalls Faults { get; } = new() { IncludeSessionChecks = true };

        public RunningNode Node { get; private set; } = null!;

        public async Task InitializeAsync() => Node = await Faults.Start();

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }
}
