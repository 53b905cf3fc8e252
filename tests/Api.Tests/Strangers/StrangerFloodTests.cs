using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Api.Tests.Strangers;

/// <summary>What anybody can do without a session leaves nothing that adds up.</summary>
public sealed class StrangerFloodTests(ITestOutputHelper output)
{
    private const int HeapLimitMib = 384;

    // What is bounded is full by then, and stays for a while: what fails from networks and for nobody's addresses (15 MiB)
    // and where grains are (20 MiB of this heap). Three kilobytes left by one kind of call would be more.
    private const int MoreThanBeforeMib = 45;

    private static readonly TimeSpan s_back = TimeSpan.FromMinutes(1);

    private static int OfEach =>
        Environment.GetEnvironmentVariable("LONG") == "1" ? 200_000 : 20_000;

    [Fact(
        DisplayName = "S-51 Twenty thousand of each call that a stranger can make, each from another network, with 384 MiB of heap: it lives, live sessions are checked all the while, and within a minute memory is as before"
    )]
    public async Task A_flood_of_strangers_leaves_memory_as_before()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        int port = NodeProgram.FreePort();
        int heapPort = NodeProgram.FreePort();
        await using NodeProgram node = await NodeProgram.Start(
            directory,
            new Dictionary<string, string>
            {
                ["PORT"] = $"{port}",
                // Most passwords are turned away at once: to hash them all would take hours.
                ["PASSWORD_HASH_QUEUE_PER_CORE"] = "1",
                ["TRUSTED_PROXIES"] = "127.0.0.1,::1",
                ["DOTNET_GCHeapHardLimit"] = (HeapLimitMib * 1024L * 1024L).ToString(
                    "X",
                    CultureInfo.InvariantCulture
                ),
                ["DOTNET_STARTUP_HOOKS"] = Path.Combine(
                    AppContext.BaseDirectory,
                    "SessionAuth.HeapReport.dll"
                ),
                ["HEAP_PORT"] = $"{heapPort}",
            }
        );
        string url = $"http://localhost:{port}";
        using BrowserClient person = new(url);
        string address = People.NewAddress();
        await person.Register(address).Answered(HttpStatusCode.Created);
        using HttpClient http = Client(url);
        StrangerCall.Target target = new(address, await Challenge(http));
        // What is made once is there before.
        foreach (StrangerCall call in StrangerCall.All)
            await Send(http, call, target, -2000, 500);
        long before = await Heap(heapPort);
        output.WriteLine($"before: {Mib(before)} MiB");

        using CancellationTokenSource end = new();
        Task<(int Count, TimeSpan Longest)> checks = Check(person, end.Token);
        int sent = 0;
        foreach (StrangerCall call in StrangerCall.All)
        {
            long began = Stopwatch.GetTimestamp();
            string answers = await Send(http, call, target, sent, OfEach);
            sent += OfEach;
            output.WriteLine(
                $"{call.Name}: {answers}; {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s; {Mib(await Heap(heapPort))} MiB"
            );
        }

        long after = long.MaxValue;
        Stopwatch waited = Stopwatch.StartNew();
        while (after > before + MoreThanBeforeMib * 1024L * 1024L && waited.Elapsed < s_back)
        {
            await Task.Delay(500);
            after = await Heap(heapPort);
        }

        await end.CancelAsync();
        (int count, TimeSpan longest) = await checks;
        output.WriteLine(
            $"after: {Mib(after)} MiB; {count} checks answered, the slowest after {longest.TotalSeconds:F1} s"
        );
        await node.Kill();
        output.WriteLine(
            $"storage: {new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1024 / 1024} MiB; the log: {node.Output.Length / 1024} KiB"
        );
        Directory.Delete(directory, recursive: true);
        Assert.InRange(after, 0, before + MoreThanBeforeMib * 1024L * 1024L);
        Assert.True(count > 0);
    }

    private static HttpClient Client(string url)
    {
        HttpClient http = new(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                MaxConnectionsPerServer = 400,
                ActivityHeadersPropagator = null,
            }
        )
        {
            BaseAddress = new(url),
        };
        http.DefaultRequestHeaders.Add("Origin", url);
        return http;
    }

    private static async Task<string> Challenge(HttpClient http)
    {
        using HttpResponseMessage answer = await http.PostAsync("/login/passkey/options", null);
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("challenge").GetString()!;
    }

    private static async Task<string> Send(
        HttpClient http,
        StrangerCall call,
        StrangerCall.Target target,
        int from,
        int count
    )
    {
        ConcurrentDictionary<int, int> answers = [];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = call.AtOnce },
            async (i, cancellation) =>
            {
                using HttpRequestMessage request = call.Nth(target, (from + i) & 0x7FFFFF);
                using HttpResponseMessage answer = await http.SendAsync(request, cancellation);
                answers.AddOrUpdate((int)answer.StatusCode, 1, (_, known) => known + 1);
            }
        );
        Assert.DoesNotContain(500, answers.Keys);
        return string.Join(
            ", ",
            answers.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} × {pair.Key}")
        );
    }

    // As a page does: each check after the last. All are answered, and the session lives.
    private static async Task<(int Count, TimeSpan Longest)> Check(
        BrowserClient person,
        CancellationToken end
    )
    {
        int count = 0;
        TimeSpan longest = default;
        while (!end.IsCancellationRequested)
        {
            long began = Stopwatch.GetTimestamp();
            Assert.True(await person.IsSignedIn());
            TimeSpan taken = Stopwatch.GetElapsedTime(began);
            longest = taken > longest ? taken : longest;
            count++;
            await Task.Delay(100, CancellationToken.None);
        }

        return (count, longest);
    }

    private static async Task<long> Heap(int port)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port);
        using StreamReader answer = new(client.GetStream());
        return long.Parse((await answer.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    private static string Mib(long bytes) =>
        (bytes / 1024.0 / 1024.0).ToString("F1", CultureInfo.InvariantCulture);
}
