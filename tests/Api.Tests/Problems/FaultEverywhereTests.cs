using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Problems;

/// <summary>Every call that asks a grain, when none answers.</summary>
public sealed class FaultEverywhereTests(FaultEverywhereTests.FaultyNode faulty)
    : IClassFixture<FaultEverywhereTests.FaultyNode>
{
    [Theory(
        DisplayName = "S-53 S-01 A fault inside is, at every call, a 500 that tells nothing, with all the headers"
    )]
    [MemberData(nameof(Calls.Asking), MemberType = typeof(Calls))]
    public async Task A_fault_inside_is_a_500_that_tells_nothing(string method, string path)
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
        DisplayName = "S-53 S-01 When storage is away every call is 503, says when to try again, and keeps the cookies"
    )]
    [MemberData(nameof(Calls.Asking), MemberType = typeof(Calls))]
    public async Task When_storage_is_away_every_call_is_503(string method, string path)
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
            .Register(People.NewAddress())
            .Answered(HttpStatusCode.Created);
        // A token that is well-formed, so that its user's grain is asked.
        string token = account.GetProperty("userId").GetString() + "." + new string('a', 43);
        object? body = path switch
        {
            "/register" or "/login" => new
            {
                email = People.NewAddress(),
                password = People.Password,
            },
            "/password/forgot" => new { email = People.NewAddress() },
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
        public FaultyCalls Faults { get; } = new() { ChecksToo = true };

        public RunningNode Node { get; private set; } = null!;

        public async Task InitializeAsync() => Node = await Faults.Start();

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }
}
