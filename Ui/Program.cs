using SessionAuth.Ui.Pages;
using SessionAuth.Ui.Security;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(UiRequests.Limit);
string api = ConfiguredOrigin.Of(builder.Configuration, "API_URL") ?? "";
string? own = ConfiguredOrigin.Of(builder.Configuration, "PUBLIC_URL");
if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
    builder.WebHost.UseUrls($"http://localhost:{builder.Configuration["PORT"] ?? "5090"}");

WebApplication app = builder.Build();
UiPages pages = new(api, () => own);
app.UseSecurityHeaders(UiHeaders.Policy(api));
app.UseStatusCodePages(context => pages.WriteNotFound(context.HttpContext));
pages.Map(app);
await app.RunAsync();
