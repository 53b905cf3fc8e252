using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Api.Tests.Proxied.RealProxies;

/// <summary>An application that answers with what reaches it, a header a line, as it knows nothing of this server.</summary>
public sealed class EchoApplication : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoApplication(WebApplication app, int port) => (_app, Port) = (app, port);

    public int Port { get; }

    public static async Task<EchoApplication> Start()
    {
        int port = FreePort.Next();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        WebApplication app = builder.Build();
        app.Run(context =>
            context.Response.WriteAsync(
                $"{context.Request.Method} {context.Request.Path}\n"
                    + string.Concat(
                        context.Request.Headers.SelectMany(header =>
                            header.Value.Select(value => $"{header.Key}: {value}\n")
                        )
                    )
            )
        );
        await app.StartAsync();
        return new(app, port);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
