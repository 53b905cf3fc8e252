using System.Reflection;

namespace SessionAuth.Mail.Tests;

/// <summary>A grain factory that gives objects by their keys, of whatever kind is asked for.</summary>
public class GrainsByKey : DispatchProxy
{
    private Func<string, object> _find = null!;

    public static IGrainFactory These(Func<string, object> find)
    {
        IGrainFactory grains = Create<IGrainFactory, GrainsByKey>();
        ((GrainsByKey)(object)grains)._find = find;
        return grains;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        args is [string key, ..] ? _find(key) : throw new NotSupportedException();
}
