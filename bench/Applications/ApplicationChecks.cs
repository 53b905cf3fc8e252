using System.Text.Json;
using SessionAuth.Bench.Ladder;
using SessionAuth.Bench.Peers;
using SessionAuth.Bench.Processes;
using SessionAuth.Bench.Servers;
using SessionAuth.Bench.Sessions;
using SessionAuth.Testing;

namespace SessionAuth.Bench.Applications;

/// <summary>
/// The check of a request to an application: the node's answer to a proxy beside the same answer without a check, and Caddy
/// that asks a node beside Caddy alone, and beside Caddy that asks a small checker with its sessions in Redis.
/// </summary>
internal static class ApplicationChecks
{
    private const int Sessions = 300;
    private const string ForwardAuth = "/authz/forward-auth";

    public static async Task Measure()
    {
        int port = FreePort.Next();
        await using MeasuredProcess redis = await RedisProcess.Start();
        await using MeasuredProcess checker = await MeasuredProcess.Serve(
            "checker",
            RedisProcess.Settings(redis)
        );
        await using MeasuredProcess node = await MeasuredProcess.Serve(
            "node",
            new Dictionary<string, string>(BenchSettings.All)
            {
                ["APPS_FILE"] = await Apps(port),
                ["TRUSTED_PROXIES"] = "127.0.0.1,::1",
            }
        );
        await using MeasuredProcess alone = await CaddyFront.Start(FreePort.Next(), checker: null);
        await using MeasuredProcess asking = await CaddyFront.Start(port, node);
        await using MeasuredProcess askingRedis = await CaddyFront.Start(FreePort.Next(), checker);

        string[] cookies = await Seed(node.Url);
        await Keep(checker.Url, cookies);
        using Wrk proxies = await Wrk.With(
            cookies,
            new Dictionary<string, string>
            {
                ["Host"] = "shop.example.com",
                ["X-Forwarded-Method"] = "GET",
                ["X-Forwarded-Proto"] = "https",
                ["X-Forwarded-Host"] = "shop.example.com",
                ["X-Forwarded-Uri"] = "/orders?page=2",
            }
        );
        using Wrk browsers = await Wrk.With(
            cookies,
            new Dictionary<string, string> { ["Host"] = $"127.0.0.1:{port}" }
        );
        LadderStep unasked = new(
            "the same answer without a check",
            node,
            UncheckedAnswer.Path,
            proxies
        );
        LadderStep answer = new($"`{ForwardAuth}`", node, ForwardAuth, proxies);
        LadderStep[] fronts =
        [
            new("Caddy alone", alone, "/orders", browsers),
            new("Caddy that asks a node", asking, "/orders", browsers, node),
            new("Caddy that asks a checker with Redis", askingRedis, "/orders", browsers, checker),
        ];
        await LadderStep.MeasureInTurn([unasked, answer, .. fronts]);
        Print(unasked, answer, fronts);
    }

    private static void Print(LadderStep unasked, LadderStep answer, LadderStep[] fronts)
    {
        Console.WriteLine($"{Sessions} sessions in random order. {LadderStep.Method}");
        Console.WriteLine(
            """

            | what answers | CPU of the node | to the same answer | rate | garbage |
            |---|---|---|---|---|
            """
        );
        foreach (LadderStep step in new[] { unasked, answer })
            Console.WriteLine(
                $"| {step.Name} | {step.Median.Microseconds:F1} µs "
                    + $"| {step.Median.Microseconds / unasked.Median.Microseconds:F2} | {step.Median.PerSecond:N0}/s | {step.Median.Bytes:N0} B |"
            );
        Console.WriteLine(
            """

            | what answers | CPU of Caddy | CPU of what it asks | rate |
            |---|---|---|---|
            """
        );
        foreach (LadderStep step in fronts)
            Console.WriteLine(
                $"| {step.Name} | {step.Median.Microseconds:F1} µs | {step.Median.OfStore:F1} µs | {step.Median.PerSecond:N0}/s |"
            );
    }

    private static async Task<string> Apps(int port)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(
                new
                {
                    applications = (object[])
                        [
                            Proxied("shop", "https://shop.example.com"),
                            Proxied("local", $"http://127.0.0.1:{port}"),
                        ],
                }
            )
        );
        return file;
    }

    private static object Proxied(string id, string origin) =>
        new
        {
            id,
            name = id,
            kind = "proxied",
            origins = (string[])[origin],
        };

    private static async Task<string[]> Seed(string url)
    {
        using HttpClient http = new() { BaseAddress = new(url) };
        using HttpResponseMessage response = await http.PostAsync(
            $"{SeedEndpoints.Applications}?count={Sessions}&applications=shop:__Host-sessionauth,local:sessionauth",
            content: null
        );
        response.EnsureSuccessStatusCode();
        string lines = await response.Content.ReadAsStringAsync();
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task Keep(string url, string[] cookies)
    {
        using HttpClient http = new() { BaseAddress = new(url) };
        string values = string.Join(
            '\n',
            cookies.Select(line => line[(line.LastIndexOf('=') + 1)..])
        );
        using HttpResponseMessage response = await http.PostAsync(
            "/sessions",
            new StringContent(values)
        );
        response.EnsureSuccessStatusCode();
    }
}
