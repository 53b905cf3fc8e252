using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>
/// Repeats a flow on copies of the same data. The node is killed before its first write, then before its second, and so on,
/// until it answers; the last node is killed after its answer.
/// </summary>
internal static class Crash
{
    private const int MostWrites = 30;

    // The killed node sends no mail, so that every mail that a test finds was sent by the node that is started after it.
    private static readonly Dictionary<string, string> s_settingsOfKilledNode = new(
        PasskeyNode.Settings
    )
    {
        ["SMTP_URL"] = "smtp://127.0.0.1:1",
        ["MAIL_FROM"] = "login@nodeauth.test",
    };

    // By then all work that the crash interrupted is due.
    private static readonly TimeSpan s_delay = TimeSpan.FromMinutes(1);

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
            int writes = 0;
            while (!await IsAnswered(data, prepared, ahead, writes, flow, afterwards))
                Assert.True(++writes < MostWrites, "The flow was never answered.");
            Assert.True(writes > 0, "The flow was answered without a write.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<bool> IsAnswered(
        DirectoryInfo data,
        UserScene prepared,
        TimeSpan ahead,
        int writes,
        Func<UserScene, Task> flow,
        Func<UserScene, RunningNode, bool, Task> afterwards
    )
    {
        DirectoryInfo copy = Directory.CreateTempSubdirectory("sessionauth-");
        try
        {
            foreach (FileInfo file in data.EnumerateFiles())
                file.CopyTo(Path.Combine(copy.FullName, file.Name));
            MovedClock clock = new();
            clock.Advance(ahead);
            bool answered;
            UserScene atCrash;
            await using (
                KilledNode killed = await KilledNode.Start(
                    copy.FullName,
                    s_settingsOfKilledNode,
                    ahead,
                    writes
                )
            )
            {
                atCrash = prepared.At(killed.Url, clock);
                answered = await IsAnswered(flow, atCrash);
            }

            clock.Advance(s_delay);
            await using RunningNode next = await Start(copy.FullName, clock);
            using (atCrash)
            using (UserScene after = atCrash.At(next.Url, clock))
                await afterwards(after, next, answered);
            return answered;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new Xunit.Sdk.XunitException($"Killed after {writes} writes: {e.Message}", e);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
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

    private static Task<RunningNode> Start(string directory, MovedClock clock) =>
        RunningNode.Start(PasskeyNode.Settings, directory, clock);
}
