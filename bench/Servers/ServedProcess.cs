using SessionAuth.Bench.Processes;

namespace SessionAuth.Bench.Servers;

/// <summary>The side of <see cref="MeasuredProcess"/> in the process of a server that this program starts.</summary>
internal static class ServedProcess
{
    /// <summary>Asks for the bytes that the process has allocated.</summary>
    public const string Allocated = "allocated";

    private static readonly Dictionary<string, Func<Task>> s_servers = new()
    {
        ["bare"] = BareServer.Run,
        ["checker"] = CheckerServer.Run,
        ["jwt"] = JwtServer.Run,
        ["node"] = NodeServer.Run,
        ["tickets"] = TicketServer.Run,
    };

    /// <summary>Serves until the process is killed.</summary>
    public static Task Run(string server) => s_servers[server]();

    /// <summary>Starts the application on the port in the environment, and then answers questions.</summary>
    public static async Task Serve(WebApplication app)
    {
        app.Urls.Add($"http://localhost:{app.Configuration["PORT"]}");
        await app.StartAsync();
        Console.WriteLine("The server is ready.");
        await AnswerQuestions();
    }

    /// <summary>Answers questions on the standard input until it ends.</summary>
    public static async Task AnswerQuestions()
    {
        while (await Console.In.ReadLineAsync() is { } question)
        {
            if (question == Allocated)
                Console.WriteLine($"{Allocated} {GC.GetTotalAllocatedBytes(precise: true)}");
        }
    }
}
