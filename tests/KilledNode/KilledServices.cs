using Orleans.Storage;
using SessionAuth.Grains.Storage;

namespace SessionAuth.KilledNode;

/// <summary>The services of a node, with the kill switch in front of its storage.</summary>
internal sealed class KilledServices(KillSwitch killSwitch)
    : IServiceProviderFactory<IServiceCollection>
{
    public IServiceCollection CreateBuilder(IServiceCollection services) => services;

    public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder)
    {
        ServiceDescriptor storage = containerBuilder.Single(service =>
            service.ServiceType == typeof(IGrainStorage)
            && GrainStorageNames.Provider.Equals(service.ServiceKey)
        );
        containerBuilder.Remove(storage);
        containerBuilder.AddKeyedSingleton<IGrainStorage>(
            GrainStorageNames.Provider,
            (services, key) =>
                new KilledStorage(
                    (IGrainStorage)storage.KeyedImplementationFactory!(services, key),
                    killSwitch
                )
        );
        return containerBuilder.BuildServiceProvider();
    }
}
