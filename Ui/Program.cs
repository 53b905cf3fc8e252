using SessionAuth.Ui.Hosting;
using SessionAuth.Ui.Pages;
using SessionAuth.Ui.Security;

if (UiUsage.Answer(args) is { } exitCode)
    return exitCode;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(UiRequests.Limit);
if (
    !ConfiguredOrigin.TryRead(builder.Configuration, "API_URL", out string? api)
    || !ConfiguredOrigin.TryRead(builder.Configuration, "PUBLIC_URL", out string? own)
)
    return 1;
if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
    builder.WebHost.UseUrls($"http://localhost:{builder.Configuration["PORT"] ?? "5090"}");

WebApplication app = builder.Build();
UiPages pages = new(api ?? "", () => own, app.Environment);
app.UseSecurityHeaders(UiHeaders.Policy(api ?? ""));
app.UseStatusCodePages(context => pages.WriteNotFound(context.HttpContext));
pages.Map(app);
await app.RunAsync();
return 0;
