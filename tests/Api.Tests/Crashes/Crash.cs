using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>
/// Repeats a flow on copies of the same data, each with a node of its own. One node stops before its first write, the next
/// before its second, and so on until one answers. Then their process is killed: each node is killed before its write, and
/// the last one after its answer.
/// </summary>
internal static class Crash
{
    private const int MostWrites = 30;

    // The killed nodes send no mail, so that every mail that a test finds was sent by the node that is started after one.
    private static readonly Dictionary<string, string> s_settingsOfKilledNodes = new(
        PasskeyNode.Settings
    )
    {
        ["SMTP_URL"] = "smtp://127.0.0.1:1",
        ["MAIL_FROM"] = "login@nodeauth.test",
    };

    // By then all work that the crash interrupted is due.
    private static readonly TimeSpan s_delay = TimeSpan.FromMinutes(1);

    private sealed record KilledFlow(
        int Writes,
        string Directory,
        UserScene Scene,
        MovedClock Clock,
        bool Answered
    );

    /// <param name="prepare">Makes the data, once for all crashes.</param>
    /// <param name="flow">The flow. A call that gets no answer throws <see cref="HttpRequestException"/>.</param>
    /// <param name="afterwards">Checks the node that is started on the data of the killed one. The last argument is whether the flow was answered.</param>
    public static async Task AtEachWrite(
        Func<UserScene, RunningNode, Task> prepare,
        Func<UserScene, Task> flow,
        Func<UserScene, RunningNode, bool, Task> afterwards
    )
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("sessionauth-");
        try
        {
            MovedClock clock = new();
            UserScene prepared;
            await using (RunningNode node = await Start(data.FullName, clock))
            {
                prepared = new(node.Url, clock);
                await prepare(prepared, node);
            }

            // The code of the current time step may have been used by the preparation.
            TimeSpan ahead = clock.GetUtcNow() - TimeProvider.System.GetUtcNow() + s_delay;
            foreach (KilledFlow killed in await KillAtEachWrite(data, prepared, ahead, flow))
                await AtCrash(killed.Writes, () => Check(killed, afterwards));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<KilledFlow>> KillAtEachWrite(
        DirectoryInfo data,
        UserScene prepared,
        TimeSpan ahead,
        Func<UserScene, Task> flow
    )
    {
        FileInfo[] files = data.GetFiles();
        List<KilledFlow> killed = [];
        await using KilledProcess process = KilledProcess.Start(s_settingsOfKilledNodes, ahead);
        do
        {
            int writes = killed.Count;
            Assert.True(writes < MostWrites, "The flow was never answered.");
            DirectoryInfo copy = data.CreateSubdirectory($"killed after {writes} writes");
            foreach (FileInfo file in files)
                file.CopyTo(Path.Combine(copy.FullName, file.Name));
            MovedClock clock = new();
            clock.Advance(ahead);
            await AtCrash(
                writes,
                async () =>
                {
                    string url = await process.StartNode(copy.FullName, writes);
                    UserScene scene = prepared.At(url, clock);
                    bool answered = await IsAnswered(flow, scene);
                    if (!answered)
                        await process.NodeStops();
                    killed.Add(new(writes, copy.FullName, scene, clock, answered));
                }
            );
        } while (!killed[^1].Answered);
        Assert.True(killed.Count > 1, "The flow was answered without a write.");
        return killed;
    }

    private static async Task<bool> IsAnswered(Func<UserScene, Task> flow, UserScene scene)
    {
        try
        {
            await flow(scene);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task Check(
        KilledFlow killed,
        Func<UserScene, RunningNode, bool, Task> afterwards
    )
    {
        killed.Clock.Advance(s_delay);
        await using RunningNode next = await Start(killed.Directory, killed.Clock);
        using (killed.Scene)
        using (UserScene after = killed.Scene.At(next.Url, killed.Clock))
            await afterwards(after, next, killed.Answered);
    }

    private static async Task AtCrash(int writes, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new Xunit.Sdk.XunitException($"Killed after {writes} writes: {e.Message}", e);
        }
    }

    private static Task<RunningNode> Start(string directory, MovedClock clock) =>
        RunningNode.Start(PasskeyNode.Settings, directory, clock);
}
