using SessionAuth.Api.Hosting;
using SessionAuth.Bench.Sessions;
using SessionAuth.Silo;

namespace SessionAuth.Bench.Servers;

/// <summary>A node as it is in production, log included, with the steps of the ladder and the seeding of sessions as further calls.</summary>
internal static class NodeServer
{
    public static async Task Run()
    {
        await using WebApplication app = Node.Build(
            [],
            builder => builder.Services.AddSingleton<IStartupFilter, UncheckedAnswer>()
        );
        LadderSteps.Map(app);
        if (!Deployment.Read(app.Configuration).IsClient)
            SeedEndpoints.Map(app);
        await app.StartAsync();
        app.ReportReady();
        await ServedProcess.AnswerQuestions();
    }
}
