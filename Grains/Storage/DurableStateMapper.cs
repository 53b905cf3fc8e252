using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Storage;

namespace SessionAuth.Grains.Storage;

/// <summary>Creates a grain's <see cref="DurableState{TState}"/> over Orleans' storage.</summary>
internal sealed class DurableStateMapper : IAttributeToFactoryMapper<DurableStateAttribute>
{
    private static readonly MethodInfo s_create = typeof(DurableStateMapper).GetMethod(
        nameof(Create),
        BindingFlags.Static | BindingFlags.NonPublic
    )!;

    /// <inheritdoc/>
    public Factory<IGrainContext, object> GetFactory(
        ParameterInfo parameter,
        DurableStateAttribute attribute
    ) =>
        s_create
            .MakeGenericMethod(parameter.ParameterType.GetGenericArguments())
            .CreateDelegate<Func<DurableStateAttribute, Factory<IGrainContext, object>>>()(
                attribute
            );

    // Without IPersistentState, which adds to the lifecycle and the migration of each grain. A grain that is migrated reads
    // its state anew.
    private static Factory<IGrainContext, object> Create<TState>(
        IPersistentStateConfiguration configuration
    ) =>
        context =>
            ActivatorUtilities.CreateInstance<DurableState<TState>>(
                context.ActivationServices,
                context,
                new StateStorageBridge<TState>(
                    configuration.StateName,
                    context,
                    context.ActivationServices.GetRequiredKeyedService<IGrainStorage>(
                        configuration.StorageName
                    )
                )
            );
}
