using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.UnauthenticatedClients;

/// <summary>Unauthenticated calls leave no grain activations behind.</summary>
public sealed class ActivationTests
{
    private const int Calls = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Names =>
        [.. UnauthenticatedCall.All.Select(call => call.Name).Where(name => !NeedsHashing(name))];

    [Theory(
        DisplayName = "S-51 No unauthenticated call leaves the activation of an account, session, email or challenge"
    )]
    [MemberData(nameof(Names))]
    public async Task Unauthenticated_calls_leave_no_activations(string name)
    {
        UnauthenticatedCall call = UnauthenticatedCall.All.Single(known => known.Name == name);
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["PUBLIC_URL"] = "http://localhost:5080",
            }
        );
        using BrowserClient browser = NewBrowser(node);
        string email = People.NewEmail();
        await browser.Register(email).Answered(HttpStatusCode.Created);
        browser.Cookies.Clear();
        string challenge = (
            await browser.Post("/login/passkey/options").Answered(HttpStatusCode.OK)
        )
            .GetProperty("challenge")
            .GetString()!;

        await Parallel.ForAsync(
            0,
            Calls,
            new ParallelOptions { MaxDegreeOfParallelism = call.Parallelism },
            async (n, _) =>
            {
                using BrowserClient client = NewBrowser(node);
                using HttpResponseMessage answer = await client.Send(
                    call.Nth(new(email, challenge), n)
                );
            }
        );

        int activations = int.MaxValue;
        await Eventually.Holds(
            s_patience,
            async () => (activations = await CountActivations(node)) <= MostActivations(name)
        );
    }

    private static BrowserClient NewBrowser(RunningNode node)
    {
        BrowserClient browser = node.NewBrowser();
        browser.Host = "localhost:5080";
        browser.Origin = "http://localhost:5080";
        return browser;
    }

    // The registered account and its session. Activations for emails without an account are limited in number.
    private static int MostActivations(string name) =>
        name.StartsWith("forgot, unknown", StringComparison.Ordinal) ? 2 + 1024 : 2;

    // Hashing a password for each of these calls would take too long here.
    private static bool NeedsHashing(string name) =>
        name.StartsWith("login", StringComparison.Ordinal) || name == "register";

    private static async Task<int> CountActivations(RunningNode node)
    {
        SimpleGrainStatistic[] all = await node
            .Services.GetRequiredService<IGrainFactory>()
            .GetGrain<IManagementGrain>(0)
            .GetSimpleGrainStatistics();
        string[] kinds = ["AccountGrain", "SessionGrain", "EmailGrain", "ChallengeGrain"];
        return all.Where(one =>
                kinds.Any(kind => one.GrainType.Contains(kind, StringComparison.Ordinal))
            )
            .Sum(one => one.ActivationCount);
    }
}
