using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace SessionAuth.Grains.Storage;

/// <summary>Creates a grain's <see cref="DurableState{TState}"/> over Orleans' persistent state.</summary>
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

    private static Factory<IGrainContext, object> Create<TState>(
        IPersistentStateConfiguration configuration
    ) =>
        context =>
            ActivatorUtilities.CreateInstance<DurableState<TState>>(
                context.ActivationServices,
                context,
                context
                    .ActivationServices.GetRequiredService<IPersistentStateFactory>()
                    .Create<TState>(context, configuration)
            );
}
