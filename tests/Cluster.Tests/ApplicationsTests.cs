using System.Net;
using System.Text.Json;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Applications are added to and removed from the file of three running nodes.</summary>
public sealed class ApplicationsTests(ITestOutputHelper output) : IDisposable
{
    private const string Wiki = "wiki";
    private const string Shop = "shop";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private static readonly string[] s_scopes = ["openid"];

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Application_is_gone_on_every_node_when_the_log_says_that_it_was_removed()
    {
        await using RunningCluster cluster = await Start();
        using CancellationTokenSource logged = new();
        Task<int>[] asking =
        [
            .. cluster.Nodes.Select(node => CountAnswersUntil(node, logged.Token)),
        ];

        Write(Shop);
        TimeSpan waited = await UntilRemovalIsLogged(cluster);
        HttpStatusCode[] answers = await AskAll(cluster);
        await logged.CancelAsync();

        output.WriteLine($"Removed on every node {waited.TotalSeconds:F1} s after the change");
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer));
        Assert.All(await Task.WhenAll(asking), count => Assert.True(count > 0));
        Assert.All(
            await Task.WhenAll(cluster.Nodes.Select(node => Ask(node, Shop))),
            answer => Assert.Equal(HttpStatusCode.SeeOther, answer)
        );
        Assert.Single(Lines(cluster, "is removed on every node"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removed_application_is_not_accepted_by_a_node_that_was_suspended_meanwhile(
        bool hasRegistry
    )
    {
        await using RunningCluster cluster = await Start();
        ClusterNode suspended = cluster.Nodes.First(node => HasRegistry(node) == hasRegistry);

        await suspended.Pause();
        Write(Shop);
        TimeSpan waited = await UntilRemovalIsLogged(cluster);
        // They wait in its sockets, for an application that its copy has.
        Task<HttpStatusCode?[]> waiting = Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => TryAsk(suspended))
        );
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        await suspended.Resume();
        HttpStatusCode?[] answers = await waiting;

        output.WriteLine($"Removed on every node {waited.TotalSeconds:F1} s after the change");
        Assert.DoesNotContain(HttpStatusCode.SeeOther, answers);
        await Eventually.Holds(
            s_patience,
            async () => !suspended.IsRunning || await TryAsk(suspended) == HttpStatusCode.BadRequest
        );
    }

    private async Task<RunningCluster> Start()
    {
        Write(Shop, Wiki);
        RunningCluster cluster = await RunningCluster.Start(
            settings: new Dictionary<string, string> { ["APPS_FILE"] = _file }
        );
        await Eventually.Holds(async () =>
            (await AskAll(cluster)).All(answer => answer == HttpStatusCode.SeeOther)
        );
        return cluster;
    }

    private static async Task<TimeSpan> UntilRemovalIsLogged(RunningCluster cluster)
    {
        long began = TimeProvider.System.GetTimestamp();
        await Eventually.Holds(
            s_patience,
            () => Lines(cluster, $"Application {Wiki} is removed on every node").Any()
        );
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static IEnumerable<string> Lines(RunningCluster cluster, string text) =>
        cluster
            .Nodes.SelectMany(node => node.Output.Split('\n'))
            .Where(line => line.Contains(text, StringComparison.Ordinal));

    // It has written the file that all of them were given.
    private static bool HasRegistry(ClusterNode node) =>
        node.Output.Contains("applications is stored", StringComparison.Ordinal);

    // Keeps the node asking, so that the application is certainly in use there.
    private static async Task<int> CountAnswersUntil(ClusterNode node, CancellationToken until)
    {
        int accepted = 0;
        while (!until.IsCancellationRequested)
        {
            if (await Ask(node, Wiki) == HttpStatusCode.SeeOther)
                accepted++;
        }
        return accepted;
    }

    private static Task<HttpStatusCode[]> AskAll(RunningCluster cluster) =>
        Task.WhenAll(cluster.Nodes.Select(node => Ask(node, Wiki)));

    private static async Task<HttpStatusCode?> TryAsk(ClusterNode node)
    {
        try
        {
            return await Ask(node, Wiki);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // An evicted silo ends its process.
            return null;
        }
    }

    // See other: to the sign-in pages. Bad request: there is no such application.
    private static async Task<HttpStatusCode> Ask(ClusterNode node, string application)
    {
        string redirect = Uri.EscapeDataString(Redirect(application));
        using HttpResponseMessage answer = await node.Http.GetAsync(
            $"/oauth/authorize?response_type=code&client_id={application}&redirect_uri={redirect}"
                + "&scope=openid&state=s&nonce=n&code_challenge_method=S256"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
        return answer.StatusCode;
    }

    private static string Redirect(string application) =>
        $"https://{application}.example.com/callback";

    private void Write(params string[] applications) =>
        File.WriteAllText(
            _file,
            JsonSerializer.Serialize(
                new
                {
                    applications = applications.Select(id => new
                    {
                        id,
                        name = id,
                        kind = "public",
                        redirectUris = new[] { Redirect(id) },
                        scopes = s_scopes,
                    }),
                }
            )
        );
}
