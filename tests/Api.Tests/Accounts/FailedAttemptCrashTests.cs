using System.Net;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Attempts are counted before they are evaluated, so that a crash allows no further ones.</summary>
public sealed class FailedAttemptCrashTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private readonly int _port = FreePort.Next();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [Fact(
        DisplayName = "S-29 After kill -9 the failed attempts still count, those in progress included"
    )]
    public async Task Failed_attempts_still_count_after_kill_9()
    {
        string email = People.NewEmail();
        using BrowserClient owner = new($"http://localhost:{_port}");
        using BrowserClient attacker = new($"http://localhost:{_port}");
        int evaluated;
        await using (RunningProgram program = await Start())
        {
            await owner.Register(email);
            evaluated = await CountEvaluated(attacker, email, 6);
            Assert.Equal(6, evaluated);
            await program.Kill();
        }

        await using (RunningProgram program = await Start())
        {
            evaluated += await CountEvaluated(attacker, email, 3);
            Task<HttpStatusCode>[] inProgress = [.. SendAttempts(email, 20)];
            await Task.Delay(20);
            await program.Kill();
            foreach (Task<HttpStatusCode> attempt in inProgress)
            {
                if (await attempt == HttpStatusCode.Unauthorized)
                    evaluated++;
            }
        }

        await using (RunningProgram program = await Start())
        {
            evaluated += await CountEvaluated(attacker, email, 20);
            Assert.InRange(evaluated, 8, 10);
            Assert.Equal(
                HttpStatusCode.TooManyRequests,
                await attacker.TryLogin(email, People.Password)
            );
            Assert.True(await owner.IsSignedIn());
            Assert.Equal(HttpStatusCode.OK, await owner.TryLogin(email, People.Password));
        }
    }

    private static async Task<int> CountEvaluated(BrowserClient attacker, string email, int tries)
    {
        int evaluated = 0;
        for (int i = 0; i < tries; i++)
        {
            if (await attacker.TryLogin(email) == HttpStatusCode.Unauthorized)
                evaluated++;
        }

        return evaluated;
    }

    // An unanswered attempt tells the attacker nothing.
    private IEnumerable<Task<HttpStatusCode>> SendAttempts(string email, int count) =>
        Enumerable
            .Range(0, count)
            .Select(async _ =>
            {
                using BrowserClient attacker = new($"http://localhost:{_port}");
                try
                {
                    return await attacker.TryLogin(email);
                }
                catch (HttpRequestException)
                {
                    return default;
                }
            });

    // The clock of a process cannot be moved, so the delays are longer than the test.
    private Task<RunningProgram> Start() =>
        NodeProgram.Start(
            _directory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{_port}",
                ["SIGN_IN_FIRST_DELAY"] = "00:15:00",
            }
        );
}
