using SessionAuth.Api.Hosting;

namespace SessionAuth.Bench.Servers;

/// <summary>A node as it is in production, log included, with the steps of the ladder as further calls.</summary>
internal static class NodeServer
{
    public static async Task Run()
    {
        await using WebApplication app = Node.Build([]);
        LadderSteps.Map(app);
        await app.StartAsync();
        app.ReportReady();
        await ServedProcess.AnswerQuestions();
    }
}
