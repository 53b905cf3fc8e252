using System.Diagnostics;
using System.Net;
using SessionAuth.Bench.Clusters;
using SessionAuth.Bench.Processes;

namespace SessionAuth.Bench.Revocations;

/// <summary>One silo, the front ends that have copies, and one that the revocations come through and that has none.</summary>
internal sealed class RevokingCluster : IAsyncDisposable
{
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    private readonly BenchCluster _cluster;
    private readonly ClusterProcess _silo;
    private readonly ClusterProcess _caller;
    private readonly ClusterProcess[] _holders;
    private readonly int[] _measured;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });
    private double[] _idle = [];

    private RevokingCluster(
        BenchCluster cluster,
        ClusterProcess silo,
        ClusterProcess caller,
        ClusterProcess[] holders
    )
    {
        _cluster = cluster;
        _silo = silo;
        _caller = caller;
        _holders = holders;
        _measured = [silo.Id, .. holders.Select(holder => holder.Id)];
    }

    public static async Task<RevokingCluster> Start(int holders)
    {
        BenchCluster cluster = await BenchCluster.Start();
        try
        {
            ClusterProcess silo = await cluster.Add("silo");
            ClusterProcess caller = await cluster.Add("client");
            ClusterProcess[] others = await Task.WhenAll(
                Enumerable.Range(0, holders).Select(_ => cluster.Add("client"))
            );
            return new(cluster, silo, caller, others);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs people in, lets front ends take copies of their sessions, and revokes them.</summary>
    public async Task<RevocationRound> Revoke(RevocationCase which, int sessions)
    {
        Person[] people = await Person.Register(_caller.Url, sessions);
        ClusterProcess[] holders = _holders[..which.Holders];
        await TakeCopies(people, holders);
        await MeasureIdle();
        if (which.OneIsStopped)
            await holders[^1].Stop();

        TimeSpan[] answered = [];
        long began = Stopwatch.GetTimestamp();
        TimeSpan[] used;
        TimeSpan took;
        try
        {
            used = await ProcessorTime.Of(
                _measured,
                async () => answered = await Revoke(people, atOnce: which.OneIsStopped)
            );
            took = Stopwatch.GetElapsedTime(began);
        }
        finally
        {
            if (which.OneIsStopped)
                await holders[^1].Resume();
        }
        await VerifyRefused(people, holders);

        foreach (Person person in people)
            person.Dispose();
        TimeSpan[] each =
        [
            .. used.Select((time, index) => (time - took * _idle[index]) / sessions),
        ];
        return new(answered, each[0], each[1..(1 + which.Answering)].Median());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    // One after another, for the time of one; at once when each would wait for the same lease.
    private static async Task<TimeSpan[]> Revoke(Person[] people, bool atOnce)
    {
        if (atOnce)
            return await Task.WhenAll(people.Select(Revoke));

        List<TimeSpan> answered = [];
        foreach (Person person in people)
            answered.Add(await Revoke(person));
        return [.. answered];
    }

    private static async Task<TimeSpan> Revoke(Person person)
    {
        long began = Stopwatch.GetTimestamp();
        // It reads the tokens and does not check them, so that this front end takes no copy.
        await person.Post("/logout");
        return Stopwatch.GetElapsedTime(began);
    }

    // What the processes use for themselves is not the revocations' cost.
    private async Task MeasureIdle()
    {
        TimeSpan[] used = await ProcessorTime.Of(_measured, () => Task.Delay(s_idle));
        _idle = [.. used.Select(time => time / s_idle)];
    }

    // The first check brings the lease if there is none, and the second the copy.
    private async Task TakeCopies(Person[] people, ClusterProcess[] holders)
    {
        for (int round = 0; round < 2; round++)
        {
            await CheckAll(people, holders, HttpStatusCode.OK);
            await Task.Delay(s_settling);
        }
    }

    private Task VerifyRefused(Person[] people, ClusterProcess[] holders) =>
        CheckAll(people, holders, HttpStatusCode.Unauthorized);

    private async Task CheckAll(Person[] people, ClusterProcess[] holders, HttpStatusCode expected)
    {
        foreach (ClusterProcess holder in holders)
            await Task.WhenAll(people.Select(person => Check(person, holder, expected)));
    }

    private async Task Check(Person person, ClusterProcess holder, HttpStatusCode expected)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, holder.Url + "/test");
        request.Headers.Add("Cookie", person.SignedInWith);
        using HttpResponseMessage response = await _http.SendAsync(request);
        if (response.StatusCode != expected)
            throw new HttpRequestException(
                $"A check was answered {(int)response.StatusCode} instead of {(int)expected}.",
                inner: null,
                response.StatusCode
            );
    }
}
