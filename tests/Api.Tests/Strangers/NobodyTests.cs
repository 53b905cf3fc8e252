using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Strangers;

/// <summary>A call for an id that is nobody's leaves nothing in memory.</summary>
public sealed class NobodyTests
{
    private const int Calls = 200;

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Names =>
        [.. StrangerCall.All.Select(call => call.Name).Where(name => !NeedsHashing(name))];

    [Theory(
        DisplayName = "S-51 No call of a stranger leaves a user, a session, an address or a challenge in memory"
    )]
    [MemberData(nameof(Names))]
    public async Task No_call_of_a_stranger_leaves_an_activation(string name)
    {
        StrangerCall call = StrangerCall.All.Single(known => known.Name == name);
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["PUBLIC_URL"] = "http://localhost:5080",
            }
        );
        using BrowserClient browser = Stranger(node);
        string address = People.NewAddress();
        await browser.Register(address).Answered(HttpStatusCode.Created);
        browser.Cookies.Clear();
        string challenge = (
            await browser.Post("/login/passkey/options").Answered(HttpStatusCode.OK)
        )
            .GetProperty("challenge")
            .GetString()!;

        await Parallel.ForAsync(
            0,
            Calls,
            new ParallelOptions { MaxDegreeOfParallelism = call.AtOnce },
            async (n, _) =>
            {
                using BrowserClient stranger = Stranger(node);
                using HttpResponseMessage answer = await stranger.Send(
                    call.Nth(new(address, challenge), n)
                );
            }
        );

        int left = int.MaxValue;
        await Eventually.Holds(
            s_soon,
            async () => (left = await Activations(node)) <= MostLeft(name)
        );
    }

    private static BrowserClient Stranger(RunningNode node)
    {
        BrowserClient browser = node.NewBrowser();
        browser.Host = "localhost:5080";
        browser.Origin = "http://localhost:5080";
        return browser;
    }

    // The one who has registered, with the session. Those that stand for addresses without an account are bounded.
    private static int MostLeft(string name) =>
        name.StartsWith("forgot, nobody", StringComparison.Ordinal) ? 2 + 1024 : 2;

    // A hash for each takes too long here.
    private static bool NeedsHashing(string name) =>
        name.StartsWith("login", StringComparison.Ordinal) || name == "register";

    private static async Task<int> Activations(RunningNode node)
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
