using System.Reflection;
using NetArchTest.Rules;

namespace SessionAuth.Architecture.Tests;

/// <summary>Finds cyclic dependencies between the namespaces of an assembly.</summary>
internal static class NamespaceCycle
{
    /// <summary>The namespaces of the first cycle, in order; null when there is none.</summary>
    public static string? In(Assembly assembly)
    {
        Dictionary<string, string[]> types = assembly
            .GetTypes()
            .Where(type =>
                type.Namespace?.StartsWith("SessionAuth", StringComparison.Ordinal) is true
            )
            .GroupBy(type => type.Namespace!, type => type.FullName!)
            .ToDictionary(group => group.Key, group => group.ToArray());
        Dictionary<string, string[]> dependencies = types.Keys.ToDictionary(
            from => from,
            from =>
                types
                    .Keys.Where(to => to != from && Depends(assembly, types[from], types[to]))
                    .ToArray()
        );
        return dependencies
            .Keys.Select(from => FindCycle(from, dependencies, []))
            .FirstOrDefault(circle => circle is not null);
    }

    private static bool Depends(Assembly assembly, string[] from, string[] to) =>
        Types
            .InAssembly(assembly)
            .That()
            .HaveDependencyOnAny(to)
            .GetTypes()
            .Any(type => from.Contains(type.FullName));

    private static string? FindCycle(
        string from,
        Dictionary<string, string[]> dependencies,
        IReadOnlyList<string> path
    )
    {
        if (path.Contains(from))
            return string.Join(" -> ", [.. path, from]);
        return dependencies[from]
            .Select(to => FindCycle(to, dependencies, [.. path, from]))
            .FirstOrDefault(circle => circle is not null);
    }
}
