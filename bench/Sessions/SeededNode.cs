using System.Globalization;
using SessionAuth.Bench.Ladder;
using SessionAuth.Bench.Processes;

namespace SessionAuth.Bench.Sessions;

/// <summary>A node with many live sessions, each of which has been checked.</summary>
internal sealed class SeededNode : IAsyncDisposable
{
    // As many as the smallest node has.
    private const int Few = 1_000;

    private readonly MeasuredProcess _process;
    private readonly Wrk _all;
    private readonly Wrk _few;

    private SeededNode(MeasuredProcess process, Wrk all, Wrk few, int count)
    {
        _process = process;
        _all = all;
        _few = few;
        AllInUse = new($"{count:N0}, all in use", process, "/test", all);
        FewInUse = new($"{count:N0}, {Few:N0} in use", process, "/test", few);
        Count = count;
    }

    /// <summary>How many sessions it has.</summary>
    public int Count { get; }

    /// <summary>Checks of all of its sessions, in random order.</summary>
    public LadderStep AllInUse { get; }

    /// <summary>Checks of a thousand of its sessions, while the others are live.</summary>
    public LadderStep FewInUse { get; }

    /// <summary>The bytes of heap for each session, as grain.</summary>
    public long BytesOfSession { get; private init; }

    /// <summary>The bytes of heap for each copy from which checks are answered, with its verified token.</summary>
    public long BytesOfCopy { get; private init; }

    /// <summary>The memory of the process before the first check.</summary>
    public double MibWithSessions { get; private init; }

    /// <summary>The memory of the process once each session has been checked.</summary>
    public double MibWithCopies { get; private init; }

    public static async Task<SeededNode> Start(int count)
    {
        MeasuredProcess process = await MeasuredProcess.Serve(
            "node",
            new Dictionary<string, string>(BenchSettings.All)
            {
                // What checks record is written once in five minutes for each session in use, however often it is
                // checked.
                ["COARSE_WRITE_INTERVAL"] = "01:00:00",
            }
        );
        try
        {
            using HttpClient http = new(new SocketsHttpHandler { UseCookies = false })
            {
                BaseAddress = new(process.Url),
                Timeout = Timeout.InfiniteTimeSpan,
            };
            // What starting and checking sessions loads and compiles is not theirs.
            await CookieChecks.TakeCopies(http, await Seed(http, 100));
            long empty = await Heap(http);
            string[] cookies = await Seed(http, count);
            long withSessions = await Heap(http);
            double mibWithSessions = process.Mib;
            await CookieChecks.TakeCopies(http, cookies);
            long withCopies = await Heap(http);
            return new(process, await Wrk.With(cookies), await Wrk.With(cookies.Take(Few)), count)
            {
                BytesOfSession = (withSessions - empty) / count,
                BytesOfCopy = (withCopies - withSessions) / count,
                MibWithSessions = mibWithSessions,
                MibWithCopies = process.Mib,
            };
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _all.Dispose();
        _few.Dispose();
        await _process.DisposeAsync();
    }

    private static async Task<string[]> Seed(HttpClient http, int count)
    {
        using HttpResponseMessage response = await http.PostAsync(
            $"{SeedEndpoints.Sessions}?count={count}",
            content: null
        );
        response.EnsureSuccessStatusCode();
        string lines = await response.Content.ReadAsStringAsync();
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<long> Heap(HttpClient http) =>
        long.Parse(await http.GetStringAsync(SeedEndpoints.Heap), CultureInfo.InvariantCulture);
}
