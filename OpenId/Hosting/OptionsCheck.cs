using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using SessionAuth.Registry.Copies;

namespace SessionAuth.OpenId.Hosting;

/// <summary>
/// Makes the library's options once at the start, where they would be wrong at the first request only. Before the first copy
/// of the registry there is nothing to make them of.
/// </summary>
/// <remarks>
/// The monitor is not made before the server listens: it would follow the registry from then on, while the issuer may not be
/// known yet.
/// </remarks>
internal sealed class OptionsCheck(RegistryCopy registry, IServiceProvider services)
    : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (registry.Newest is not null)
            _ = services
                .GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>()
                .CurrentValue;
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
