using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;
using SessionAuth.Cluster.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests.Applications;

/// <summary>One session under all applications, in a real browser, through Caddy, on three nodes.</summary>
[Collection(ApplicationsSuite.Name)]
public sealed class ApplicationsTests(ApplicationsFixture fixture)
{
    private static readonly TimeSpan s_failover = TimeSpan.FromSeconds(120);

    /// <summary>What happens to a node while the browser is signed in.</summary>
    public enum Fault
    {
        None,
        Killed,
        Suspended,
    }

    [Theory]
    [InlineData(Fault.None)]
    [InlineData(Fault.Suspended)]
    [InlineData(Fault.Killed)]
    public async Task One_sign_in_opens_all_applications_and_its_end_closes_them(Fault fault)
    {
        string email = Visitor.NewEmail();
        await using Visitor laptop = await fixture.NewVisitor();
        await using Visitor phone = await fixture.NewVisitor(userAgent: UserAgents.Iphone);
        IPage page = laptop.Page;

        // Sent to the pages, registered there, and back where it wanted to go.
        await page.GotoAsync(ApplicationsFixture.Protected[0] + "/orders?page=2");
        await page.WaitForURLAsync(CaddyProcess.Pages + "/login**");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await laptop.Fill(email, Visitor.Password);
        await laptop.Button("Create account").ClickAsync();
        await page.WaitForURLAsync(ApplicationsFixture.Protected[0] + "/orders?page=2");
        string user = UserIn(await page.InnerTextAsync("body"));
        foreach (string origin in ApplicationsFixture.Protected)
        {
            IResponse opened = (await page.GotoAsync(origin + "/"))!;
            Assert.Equal(200, opened.Status);
            Assert.Equal(origin + "/", page.Url);
            Assert.Equal(user, UserIn(await opened.TextAsync()));
        }
        using HttpClient forum = NewForum();
        JsonElement tokens = await SignInToForum(page, forum);
        string accessToken = tokens.GetProperty("access_token").GetString()!;
        string refreshToken = tokens.GetProperty("refresh_token").GetString()!;
        Assert.True(await IsActive(forum, accessToken));

        IPage open = await laptop.Context.NewPageAsync();
        await open.GotoAsync(ApplicationsFixture.Protected[1] + "/");
        await open.EvaluateAsync(
            """
            () => new EventSource("/.sessionauth/events").addEventListener("revoked", event => {
              document.title = "ended " + event.data;
            })
            """
        );
        await phone.SignIn(email);
        await Break(fault);
        try
        {
            await End(phone);
            long ended = Stopwatch.GetTimestamp();
            if (fault == Fault.None)
            {
                await open.WaitForFunctionAsync(
                    "() => document.title.startsWith('ended')",
                    null,
                    // The page is in the background, where nothing is painted.
                    new() { PollingInterval = 20 }
                );
                // A second on a machine that is not busy.
                Assert.InRange(
                    Stopwatch.GetElapsedTime(ended),
                    TimeSpan.Zero,
                    TimeSpan.FromSeconds(20)
                );
                Assert.Contains(
                    "revoked-by-user",
                    await open.TitleAsync(),
                    StringComparison.Ordinal
                );
            }

            foreach (string origin in ApplicationsFixture.Protected)
                await IsSentToSignIn(page, origin, ended);
            Assert.False(await IsActive(forum, accessToken));
            using HttpResponseMessage refreshed = await Answered(() =>
                Post(
                    forum,
                    "/oauth/token",
                    new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }
                )
            );
            Assert.Equal(HttpStatusCode.BadRequest, refreshed.StatusCode);
        }
        finally
        {
            await Mend(fault);
        }
    }

    private ClusterNode Faulty => fixture.Cluster.Nodes[0];

    private Task Break(Fault fault) =>
        fault switch
        {
            Fault.None => Task.CompletedTask,
            Fault.Killed => Faulty.Kill(),
            Fault.Suspended => Faulty.Pause(),
        };

    private Task Mend(Fault fault) =>
        fault switch
        {
            Fault.None => Task.CompletedTask,
            Fault.Killed => Faulty.Start(),
            Fault.Suspended => Faulty.Resume(),
        };

    // While another node takes over, the page says that it cannot, and a person tries again.
    private static async Task End(Visitor phone)
    {
        ILocator end = phone.Page.GetByRole(
            AriaRole.Button,
            new() { NameRegex = new("End the session of ") }
        );
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await end.ClickAsync(new() { Timeout = 15_000 });
                await end.WaitForAsync(
                    new() { State = WaitForSelectorState.Hidden, Timeout = 15_000 }
                );
                return;
            }
            catch (TimeoutException) when (Stopwatch.GetElapsedTime(began) < s_failover)
            {
                await phone.Page.ReloadAsync();
                await phone.Heading("Your devices").WaitForAsync();
                if (await IsAlone(phone))
                    return;
            }
        }
    }

    private static async Task<bool> IsAlone(Visitor phone)
    {
        await phone.Devices.First.WaitForAsync();
        return await phone.Devices.CountAsync() == 1
            && await phone.Page.GetByText("This device").First.IsVisibleAsync();
    }

    // It may be answered 503 while another node takes over, and never 200.
    private static async Task IsSentToSignIn(IPage page, string origin, long ended)
    {
        while (true)
        {
            IResponse answer = (await page.GotoAsync(origin + "/"))!;
            Assert.False(
                answer.Status == 200 && page.Url.StartsWith(origin, StringComparison.Ordinal),
                $"{origin} let the browser in after the session had ended."
            );
            if (page.Url.StartsWith(CaddyProcess.Pages, StringComparison.Ordinal))
                return;

            Assert.True(
                Stopwatch.GetElapsedTime(ended) < s_failover,
                $"{origin}: {answer.Status} at {page.Url}"
            );
            await Task.Delay(500);
        }
    }

    private HttpClient NewForum()
    {
        HttpClient forum = fixture.Caddy.NewClient();
        forum.BaseAddress = new(CaddyProcess.Api);
        forum.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(
                Encoding.ASCII.GetBytes($"forum:{Uri.EscapeDataString(ApplicationsFixture.Secret)}")
            )
        );
        return forum;
    }

    private static async Task<JsonElement> SignInToForum(IPage page, HttpClient forum)
    {
        string verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await page.GotoAsync(
            QueryHelpers.AddQueryString(
                CaddyProcess.Api + "/oauth/authorize",
                new Dictionary<string, string?>
                {
                    ["client_id"] = "forum",
                    ["response_type"] = "code",
                    ["redirect_uri"] = ApplicationsFixture.Callback,
                    ["scope"] = "openid email offline_access",
                    ["state"] = "state",
                    ["code_challenge"] = Base64Url.EncodeToString(
                        SHA256.HashData(Encoding.ASCII.GetBytes(verifier))
                    ),
                    ["code_challenge_method"] = "S256",
                }
            )
        );
        Assert.StartsWith(ApplicationsFixture.Callback, page.Url, StringComparison.Ordinal);
        using HttpResponseMessage redeemed = await Post(
            forum,
            "/oauth/token",
            new()
            {
                ["grant_type"] = "authorization_code",
                ["code"] = QueryHelpers.ParseQuery(new Uri(page.Url).Query)["code"].ToString(),
                ["redirect_uri"] = ApplicationsFixture.Callback,
                ["code_verifier"] = verifier,
            }
        );
        string body = await redeemed.Content.ReadAsStringAsync();
        Assert.True(redeemed.IsSuccessStatusCode, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private static async Task<bool> IsActive(HttpClient forum, string token)
    {
        using HttpResponseMessage answer = await Answered(() =>
            Post(forum, "/oauth/introspect", new() { ["token"] = token })
        );
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("active").GetBoolean();
    }

    // Again while another node takes over.
    private static async Task<HttpResponseMessage> Answered(Func<Task<HttpResponseMessage>> ask)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            HttpResponseMessage answer = await ask();
            if ((int)answer.StatusCode < 500 || Stopwatch.GetElapsedTime(began) > s_failover)
                return answer;
            answer.Dispose();
            await Task.Delay(500);
        }
    }

    private static Task<HttpResponseMessage> Post(
        HttpClient forum,
        string path,
        Dictionary<string, string> form
    ) => forum.PostAsync(path, new FormUrlEncodedContent(form));

    private static string UserIn(string arrived) =>
        arrived
            .Split('\n')
            .Single(line => line.StartsWith("Remote-User: ", StringComparison.Ordinal))[
                "Remote-User: ".Length..
            ]
            .Trim();
}
