using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Crashes;

/// <summary>
/// Plays a flow again and again, each time on the same data, and has the node killed before its first write, before its
/// second, and so on, until it has answered; and after that answer, too.
/// </summary>
internal static class Crash
{
    private const int MostWrites = 30;

    // Nothing is delivered by the node that is killed: what is to be mailed comes from the next, or never.
    private static readonly Dictionary<string, string> s_killed = new(PasskeyNode.Settings)
    {
        ["SMTP_URL"] = "smtp://127.0.0.1:1",
        ["MAIL_FROM"] = "login@nodeauth.test",
    };

    // What a crash has left undone is due by then.
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    /// <param name="prepare">Makes the data; once.</param>
    /// <param name="flow">The flow. A call that gets no answer throws <see cref="HttpRequestException"/>.</param>
    /// <param name="afterwards">Judges a node that goes on with what the killed one has left; it learns whether the flow was answered.</param>
    public static async Task AtEachWrite(
        Func<Scene, RunningNode, Task> prepare,
        Func<Scene, Task> flow,
        Func<Scene, RunningNode, bool, Task> afterwards
    )
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("sessionauth-");
        try
        {
            MovedClock clock = new();
            Scene prepared;
            await using (RunningNode node = await Start(data.FullName, clock))
            {
                prepared = new(node.Url, clock);
                await prepare(prepared, node);
            }

            // A code of now was perhaps used already.
            TimeSpan ahead = clock.GetUtcNow() - TimeProvider.System.GetUtcNow() + s_later;
            int writes = 0;
            while (!await IsAnswered(data, prepared, ahead, writes, flow, afterwards))
                Assert.True(++writes < MostWrites, "It is never answered.");
            Assert.True(writes > 0, "Nothing was written before the answer.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<bool> IsAnswered(
        DirectoryInfo data,
        Scene prepared,
        TimeSpan ahead,
        int writes,
        Func<Scene, Task> flow,
        Func<Scene, RunningNode, bool, Task> afterwards
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
            Scene left;
            await using (
                KilledNode killed = await KilledNode.Start(copy.FullName, s_killed, ahead, writes)
            )
            {
                left = prepared.At(killed.Url, clock);
                answered = await IsAnswered(flow, left);
            }

            clock.Advance(s_later);
            await using RunningNode next = await Start(copy.FullName, clock);
            using (left)
            using (Scene after = left.At(next.Url, clock))
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

    private static async Task<bool> IsAnswered(Func<Scene, Task> flow, Scene scene)
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
