using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using SessionAuth.Bench.Ladder;
using SessionAuth.Bench.Processes;

namespace SessionAuth.Bench;

/// <summary>
/// 500 wrong sign-ins a second from a thousand networks, for emails with and without an account: how many session
/// checks remain possible, and whether the owner can still sign in on a known device. The same number of malformed
/// requests is measured for comparison: no throttle can save their cost.
/// </summary>
internal static class BruteForce
{
    private const int People = 100;
    private const int PerSecond = 500;
    private const int Networks = 1000;

    private static readonly TimeSpan s_flood = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(3);

    // The part of the flood that is measured, after it has settled.
    private const int MeasuredSeconds = 25;

    public static async Task Measure()
    {
        await using MeasuredProcess node = await MeasuredProcess.StartNode(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1,::1" }
        );
        Person[] people = await Person.Register(node.Url, People);
        using Wrk wrk = await Wrk.With(people[1..].Select(person => person.Cookie));
        Console.WriteLine(
            $"GET /test with {People} sessions beside {PerSecond} wrong sign-ins a second for {s_flood.TotalSeconds} s:"
        );
        // The first requests warm up the JIT.
        await wrk.Run(node.Url + "/test", seconds: 20);

        double before = (await wrk.Run(node.Url + "/test", seconds: 10)).PerSecond;
        double malformed = await Beside(node, people, wrk, "malformed", wellFormed: false);
        double between = (await wrk.Run(node.Url + "/test", seconds: 10)).PerSecond;
        double guessed = await Beside(node, people, wrk, "wrong", wellFormed: true);
        double after = (await wrk.Run(node.Url + "/test", seconds: 10)).PerSecond;

        double alone = new[] { before, between, after }.Average();
        Console.WriteLine(
            $"  checks alone {before:N0}/s, {between:N0}/s, {after:N0}/s; beside malformed requests "
                + $"{malformed:N0}/s, ratio {malformed / alone:F2}; beside guesses {guessed:N0}/s, ratio {guessed / alone:F2}"
        );
        foreach (Person person in people)
            person.Dispose();
    }

    private static async Task<double> Beside(
        MeasuredProcess node,
        Person[] people,
        Wrk wrk,
        string what,
        bool wellFormed
    )
    {
        using CancellationTokenSource end = new(s_flood);
        TimeSpan processor = node.ProcessorTime;
        Task<ConcurrentDictionary<HttpStatusCode, int>> flood = Flood(
            node,
            people,
            wellFormed,
            end.Token
        );
        Task<List<(HttpStatusCode Status, TimeSpan Taken)>> owner = Owner(people[0], end.Token);
        await Task.Delay(s_settling, CancellationToken.None);
        double rate = (await wrk.Run(node.Url + "/test", MeasuredSeconds)).PerSecond;

        string answers = string.Join(
            ", ",
            (await flood)
                .OrderBy(pair => pair.Key)
                .Select(pair => $"{pair.Value} × {(int)pair.Key}")
        );
        Console.WriteLine(
            $"  {what}: {answers}; the node had {(node.ProcessorTime - processor).TotalSeconds:F0} s of processor time"
        );
        List<(HttpStatusCode Status, TimeSpan Taken)> tries = await owner;
        double[] taken = [.. tries.Select(one => one.Taken.TotalMilliseconds).Order()];
        Console.WriteLine(
            $"    the owner on a known device: {tries.Count(one => one.Status == HttpStatusCode.OK)} of {tries.Count} "
                + $"sign-ins, median {taken[taken.Length / 2]:N0} ms, longest {taken[^1]:N0} ms"
        );
        return rate;
    }

    // Sends on schedule, whether or not earlier requests have been answered.
    private static async Task<ConcurrentDictionary<HttpStatusCode, int>> Flood(
        MeasuredProcess node,
        Person[] people,
        bool wellFormed,
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
                sent.Add(
                    SignIn(http, TargetEmail(people, sent.Count), sent.Count, wellFormed, answers)
                );
            await Task.Delay(10, CancellationToken.None);
        }

        await Task.WhenAll(sent);
        return answers;
    }

    // Half without an account, a quarter of the measured owner, a quarter of the other users.
    private static string TargetEmail(Person[] people, int turn) =>
        (turn % 4) switch
        {
            0 => people[0].Email,
            1 => people[turn / 4 % people.Length].Email,
            _ => $"{Guid.NewGuid():N}@example.org",
        };

    private static async Task SignIn(
        HttpClient http,
        string email,
        int turn,
        bool wellFormed,
        ConcurrentDictionary<HttpStatusCode, int> answers
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/login")
        {
            Content = JsonContent.Create(
                new { email, password = wellFormed ? "a wrong guess" : null }
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

    // Once a second, from a separate IP address.
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
