using Microsoft.Extensions.DependencyInjection;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Fails the calls to grains where they arrive.</summary>
public sealed class FaultyCalls : IIncomingGrainCallFilter
{
    public Func<Exception>? Throw { get; set; }

    public bool ChecksToo { get; init; }

    /// <summary>The one method that fails; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>A node whose calls fail when told to.</summary>
    public Task<RunningNode> Start() =>
        RunningNode.Start(configure: services =>
            services.AddSingleton<IIncomingGrainCallFilter>(this)
        );

    public Task Invoke(IIncomingGrainCallContext context)
    {
        bool ours =
            context.InterfaceName.Contains("SessionAuth", StringComparison.Ordinal)
            || context.TargetId.Type.ToString() is "user" or "session";
        bool check = context.MethodName == "Check";
        bool meant = Only is null || context.MethodName == Only;
        return Throw is { } make && ours && meant && (ChecksToo || !check)
            ? throw make()
            : context.Invoke();
    }
}
