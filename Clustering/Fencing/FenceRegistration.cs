using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Clustering.Fencing;

/// <summary>Adds the fence to a silo whose membership table has been registered.</summary>
internal static class FenceRegistration
{
    public static ISiloBuilder AddFence(this ISiloBuilder silo)
    {
        IServiceCollection services = silo.Services;
        ServiceDescriptor table = services.Single(service =>
            service.ServiceType == typeof(IMembershipTable)
        );
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddSingleton<Fence>()
            .AddSingleton<IOwnSilo>(provider => provider.GetRequiredService<Fence>())
            .AddSingleton<ISiloMembership>(provider => provider.GetRequiredService<Fence>())
            .AddSingleton<ClusterView>()
            .AddSingleton<FencePeers>()
            .AddSingleton<SharedTimings>()
            .AddSingleton<MembershipLog>()
            .AddSingleton<FreshReads>()
            .AddSingleton<TakeoverHold>()
            .AddSingleton<IConfigureGrainContextProvider>(provider =>
                provider.GetRequiredService<TakeoverHold>()
            )
            .AddSingleton<FenceWatch>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider =>
                provider.GetRequiredService<FenceWatch>()
            )
            .AddSingleton<IIncomingGrainCallFilter, FencedCalls>()
            // Leases are granted to references of grains, which cannot be made without the membership.
            .AddSingleton(provider => new Lazy<IGrantedLeases>(
                provider.GetRequiredService<IGrantedLeases>
            ))
            .Replace(
                ServiceDescriptor.Singleton<IMembershipTable>(provider =>
                    ActivatorUtilities.CreateInstance<FencedMembershipTable>(
                        provider,
                        Create(provider, table)
                    )
                )
            );
        services.AddHealthChecks().AddCheck<FenceHealth>("membership");
        // Grain services log changes of the consistent ring, which this one does not use.
        services.AddLogging(logging =>
            logging.AddFilter(typeof(FencePeer).FullName, LogLevel.Warning)
        );
        return silo.AddGrainService<FencePeer>();
    }

    private static IMembershipTable Create(IServiceProvider provider, ServiceDescriptor table) =>
        (IMembershipTable)(
            table.ImplementationInstance
            ?? table.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, table.ImplementationType!)
        );
}
