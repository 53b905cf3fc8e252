using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Guesses are counted before they are looked at: a crash gives nobody more of them.</summary>
public sealed class GuessCrashTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private readonly int _port = NodeProgram.FreePort();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [Fact(
        DisplayName = "S-29 After kill -9 the failures count, and so do the tries that were under way"
    )]
    public async Task After_kill_9_the_failures_count()
    {
        string address = People.NewAddress();
        using BrowserClient owner = new($"http://localhost:{_port}");
        using BrowserClient guesser = new($"http://localhost:{_port}");
        int looked;
        await using (NodeProgram program = await Start())
        {
            await owner.Register(address);
            looked = await Looked(guesser, address, 6);
            Assert.Equal(6, looked);
            await program.Kill();
        }

        await using (NodeProgram program = await Start())
        {
            looked += await Looked(guesser, address, 3);
            Task<HttpStatusCode>[] underWay = [.. Guesses(address, 20)];
            await Task.Delay(20);
            await program.Kill();
            foreach (Task<HttpStatusCode> guess in underWay)
            {
                if (await guess == HttpStatusCode.Unauthorized)
                    looked++;
            }
        }

        await using (NodeProgram program = await Start())
        {
            looked += await Looked(guesser, address, 20);
            Assert.InRange(looked, 8, 10);
            Assert.Equal(
                HttpStatusCode.TooManyRequests,
                await guesser.TryLogin(address, People.Password)
            );
            Assert.True(await owner.IsSignedIn());
            Assert.Equal(HttpStatusCode.OK, await owner.TryLogin(address, People.Password));
        }
    }

    private static async Task<int> Looked(BrowserClient guesser, string address, int tries)
    {
        int looked = 0;
        for (int i = 0; i < tries; i++)
        {
            if (await guesser.TryLogin(address) == HttpStatusCode.Unauthorized)
                looked++;
        }

        return looked;
    }

    // An answer that never comes is none that helps a guesser.
    private IEnumerable<Task<HttpStatusCode>> Guesses(string address, int count) =>
        Enumerable
            .Range(0, count)
            .Select(async _ =>
            {
                using BrowserClient guesser = new($"http://localhost:{_port}");
                try
                {
                    return await guesser.TryLogin(address);
                }
                catch (HttpRequestException)
                {
                    return default;
                }
            });

    // A process has its own clock, which no test can move: the waits are made so long that none is over by itself.
    private Task<NodeProgram> Start() =>
        NodeProgram.Start(
            _directory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{_port}",
                ["SIGN_IN_FIRST_DELAY"] = "00:15:00",
            }
        );
}
