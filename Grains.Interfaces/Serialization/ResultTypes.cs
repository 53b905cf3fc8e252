using System.Collections;
using System.Reflection;
using System.Text.Json;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Grains.Interfaces.Serialization;

/// <summary>
/// Registers the results of operations of accounts and of grants with Orleans. A case is serialized as the list of its constructor
/// arguments: a node that has another number of them cannot read it, so none may be added, moved or removed while nodes
/// of two versions serve. Its alias on the wire is made of the result's name and its own, such as
/// <c>change-password-result.changed</c>.
/// </summary>
internal static class ResultTypes
{
    private static readonly string?[] s_results =
    [
        typeof(ChangePasswordResult).Namespace,
        typeof(OpenGrantResult).Namespace,
    ];

    /// <summary>Every case of every result.</summary>
    public static IEnumerable<Type> Cases =>
        typeof(ChangePasswordResult)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsNested && s_results.Contains(type.Namespace));

    public static void Register(TypeManifestOptions options)
    {
        foreach (Type type in Cases)
        {
            options.WellKnownTypeAliases.Add(Alias(type), type);
            options.Converters.Add(typeof(ResultConverter<>).MakeGenericType(type));
            options.Copiers.Add(typeof(ShallowCopier<>).MakeGenericType(type));
        }
    }

    private static string Alias(Type type) =>
        $"{Kebab(type.DeclaringType!.Name)}.{Kebab(type.Name)}";

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

/// <summary>The constructor arguments of a case.</summary>
[GenerateSerializer, Immutable, Alias("result-values")]
internal readonly record struct ResultValues([property: Id(0)] object?[] Values);

/// <summary>Converts a case from and to its constructor arguments.</summary>
/// <typeparam name="TCase">A sealed record whose members are those of its constructor.</typeparam>
internal sealed class ResultConverter<TCase> : IConverter<TCase, ResultValues>
    where TCase : class
{
    private static readonly ConstructorInfo s_constructor = typeof(TCase)
        .GetConstructors()
        .Single();

    private static readonly PropertyInfo[] s_members =
    [
        .. s_constructor
            .GetParameters()
            .Select(parameter => typeof(TCase).GetProperty(parameter.Name!)!),
    ];

    public TCase ConvertFromSurrogate(in ResultValues surrogate) =>
        (TCase)s_constructor.Invoke(surrogate.Values);

    public ResultValues ConvertToSurrogate(in TCase value)
    {
        object?[] values = new object?[s_members.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = Plain(s_members[i].GetValue(value), s_members[i].PropertyType);
        return new(values);
    }

    // Lists are serialized as arrays: Orleans does not know the compiler's types for collection expressions.
    private static object? Plain(object? value, Type declared)
    {
        bool isList =
            declared.IsConstructedGenericType
            && declared.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        if (value is null || !isList)
            return value;

        Type type = declared.GetGenericArguments()[0];
        object?[] items =
        [
            .. ((IEnumerable)value).Cast<object?>().Select(item => Plain(item, type)),
        ];
        Array array = Array.CreateInstance(type, items.Length);
        Array.Copy(items, array, items.Length);
        return array;
    }
}
