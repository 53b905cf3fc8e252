using System.Reflection;

namespace SessionAuth.Mail.Tests;

/// <summary>A grain factory that returns objects by key, for any interface.</summary>
public class GrainsByKey : DispatchProxy
{
    private Func<string, object> _find = null!;

    public static IGrainFactory From(Func<string, object> find)
    {
        IGrainFactory grains = Create<IGrainFactory, GrainsByKey>();
        ((GrainsByKey)(object)grains)._find = find;
        return grains;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        args is [string key, ..] ? _find(key) : throw new NotSupportedException();
}
