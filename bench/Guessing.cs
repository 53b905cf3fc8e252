using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace SessionAuth.Bench;

/// <summary>
/// 500 wrong sign-ins a second from a thousand networks, at addresses of users and of nobody: what is left of the
/// session checks, and whether the right user still gets in on a device that is known. So many requests of the same
/// kind that are not understood are measured too: what they cost, no throttle can save.
/// </summary>
internal static class Guessing
{
    private const int People = 100;
    private const int PerSecond = 500;
    private const int Networks = 1000;

    private static readonly TimeSpan s_flood = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(3);

    // Within the flood, after it has settled.
    private const int MeasuredSeconds = 25;

    public static async Task Measure()
    {
        await using NodeProcess node = await NodeProcess.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1,::1" }
        );
        Person[] people = await Person.Register(node.Url, People);
        using Checks checks = await Checks.Of(people[1..]);
        Console.WriteLine(
            $"GET /test with {People} sessions beside {PerSecond} wrong sign-ins a second for {s_flood.TotalSeconds} s:"
        );
        // The first are the compiler's.
        await checks.PerSecond(node.Url + "/test", seconds: 20);

        double before = await checks.PerSecond(node.Url + "/test", seconds: 10);
        double misread = await Beside(node, people, checks, "not understood", understood: false);
        double between = await checks.PerSecond(node.Url + "/test", seconds: 10);
        double guessed = await Beside(node, people, checks, "wrong", understood: true);
        double after = await checks.PerSecond(node.Url + "/test", seconds: 10);

        double alone = new[] { before, between, after }.Average();
        Console.WriteLine(
            $"  checks alone {before:N0}/s, {between:N0}/s, {after:N0}/s; beside requests not understood "
                + $"{misread:N0}/s, ratio {misread / alone:F2}; beside guesses {guessed:N0}/s, ratio {guessed / alone:F2}"
        );
        foreach (Person person in people)
            person.Dispose();
    }

    private static async Task<double> Beside(
        NodeProcess node,
        Person[] people,
        Checks checks,
        string what,
        bool understood
    )
    {
        using CancellationTokenSource end = new(s_flood);
        TimeSpan processor = node.ProcessorTime;
        Task<ConcurrentDictionary<HttpStatusCode, int>> flood = Flood(
            node,
            people,
            understood,
            end.Token
        );
        Task<List<(HttpStatusCode Status, TimeSpan Taken)>> owner = Owner(people[0], end.Token);
        await Task.Delay(s_settling, CancellationToken.None);
        double rate = await checks.PerSecond(node.Url + "/test", MeasuredSeconds);

        string answers = string.Join(
            ", ",
            (await flood)
                .OrderBy(pair => pair.Key)
                .Select(pair => $"{pair.Value} × {(int)pair.Key}")
        );
        Console.WriteLine(
            $"  {what}: {answers}; the node had {(node.ProcessorTime - processor).TotalSeconds:F0} s of the processors"
        );
        List<(HttpStatusCode Status, TimeSpan Taken)> tries = await owner;
        double[] taken = [.. tries.Select(one => one.Taken.TotalMilliseconds).Order()];
        Console.WriteLine(
            $"    the right user, device known: {tries.Count(one => one.Status == HttpStatusCode.OK)} of {tries.Count} "
                + $"sign-ins, median {taken[taken.Length / 2]:N0} ms, longest {taken[^1]:N0} ms"
        );
        return rate;
    }

    // As many as are due, whether or not those before have been answered.
    private static async Task<ConcurrentDictionary<HttpStatusCode, int>> Flood(
        NodeProcess node,
        Person[] people,
        bool understood,
        CancellationToken end
    )
    {
        using HttpClient http = new(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = new(node.Url),
        };
        http.DefaultRequestHeaders.Add("Origin", node.Url);
        ConcurrentDictionary<HttpStatusCode, int> answers = [];
        List<Task> sent = [];
        Stopwatch clock = Stopwatch.StartNew();
        while (!end.IsCancellationRequested)
        {
            while (sent.Count < clock.Elapsed.TotalSeconds * PerSecond)
                sent.Add(Guess(http, Address(people, sent.Count), sent.Count, understood, answers));
            await Task.Delay(10, CancellationToken.None);
        }

        await Task.WhenAll(sent);
        return answers;
    }

    // Half of them nobody's, a quarter the right user's, a quarter the others'.
    private static string Address(Person[] people, int turn) =>
        (turn % 4) switch
        {
            0 => people[0].Email,
            1 => people[turn / 4 % people.Length].Email,
            _ => $"{Guid.NewGuid():N}@example.org",
        };

    private static async Task Guess(
        HttpClient http,
        string email,
        int turn,
        bool understood,
        ConcurrentDictionary<HttpStatusCode, int> answers
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/login")
        {
            Content = JsonContent.Create(
                new { email, password = understood ? "a wrong guess" : null }
            ),
        };
        int network = turn * 7919 % Networks;
        request.Headers.Add(
            "X-Forwarded-For",
            string.Create(
                CultureInfo.InvariantCulture,
                $"10.{network / 250}.{network % 250}.{turn % 250}"
            )
        );
        using HttpResponseMessage response = await http.SendAsync(request);
        answers.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
    }

    // Once a second, from an address of their own.
    private static async Task<List<(HttpStatusCode Status, TimeSpan Taken)>> Owner(
        Person person,
        CancellationToken end
    )
    {
        List<(HttpStatusCode, TimeSpan)> tries = [];
        using PeriodicTimer second = new(TimeSpan.FromSeconds(1));
        do
        {
            long start = Stopwatch.GetTimestamp();
            HttpStatusCode status = await person.SignIn(from: "192.0.2.1");
            tries.Add((status, Stopwatch.GetElapsedTime(start)));
        } while (
            !end.IsCancellationRequested
            && await second.WaitForNextTickAsync(CancellationToken.None)
        );

        return tries;
    }
}
