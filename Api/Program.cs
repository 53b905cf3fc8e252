using SessionAuth.Api.Hosting;
using SessionAuth.Api.Settings;
using SessionAuth.Silo.Embedded;

EnvironmentFile.Load();
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddLog();
try
{
    builder.AddSettings();
    builder.AddApi();
    builder.AddEmbeddedSilo();

    WebApplication app = builder.Build();
    app.UseApi();
    await app.StartAsync();
    app.SayReady();
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (StartProblem.Of(e) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}
