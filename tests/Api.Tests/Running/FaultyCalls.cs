using Microsoft.Extensions.DependencyInjection;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Makes grain calls fail.</summary>
public sealed class FaultyCalls : IIncomingGrainCallFilter
{
    public Func<Exception>? Throw { get; set; }

    public bool IncludeSessionChecks { get; init; }

    /// <summary>The only method that fails; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Starts a node whose grain calls fail while <see cref="Throw"/> is set.</summary>
    public Task<RunningNode> Start() =>
        RunningNode.Start(configure: services =>
            services.AddSingleton<IIncomingGrainCallFilter>(this)
        );

    public Task Invoke(IIncomingGrainCallContext context)
    {
        bool ours =
            context.InterfaceName.Contains("SessionAuth", StringComparison.Ordinal)
            || context.TargetId.Type.ToString() is "user" or "session";
        bool check = context.MethodName is "Check" or "CheckFor";
        bool selected = Only is null || context.MethodName == Only;
        return Throw is { } make && ours && selected && (IncludeSessionChecks || !check)
            ? throw make()
            : context.Invoke();
    }
}
