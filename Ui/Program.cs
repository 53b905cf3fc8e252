using SessionAuth.Ui.Pages;
using SessionAuth.Ui.Security;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
string api = builder.Configuration["API_URL"]?.TrimEnd('/') ?? "";
if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
    builder.WebHost.UseUrls($"http://localhost:{builder.Configuration["PORT"] ?? "5090"}");

WebApplication app = builder.Build();
UiPages pages = new(api);
app.UseSecurityHeaders(UiHeaders.Policy(api));
app.UseStatusCodePages(context => pages.WriteNotFound(context.HttpContext));
pages.Map(app);
await app.RunAsync();
