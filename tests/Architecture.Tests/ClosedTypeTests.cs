using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SessionAuth.Architecture.Tests;

/// <summary>
/// Closed types are abstract records whose nested records are their only cases, which C# does not know. So each has one
/// <c>Match</c> that takes a function for every case, and callers that miss a case do not compile. These tests check
/// that <c>Match</c> itself is complete.
/// </summary>
public sealed class ClosedTypeTests
{
    private static readonly Type[] s_closed =
    [
        .. Directory
            .GetFiles(AppContext.BaseDirectory, "SessionAuth.*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal))
            .SelectMany(name => Assembly.Load(name).GetTypes())
            .Where(IsClosed),
    ];

    public static TheoryData<Type> Types => [.. s_closed];

    public static TheoryData<Type> Cases => [.. s_closed.SelectMany(CasesOf)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Closed_type_has_one_Match_with_a_function_for_each_case_in_order(Type closed)
    {
        MethodInfo match = Assert.Single(closed.GetMethods(), method => method.Name == "Match");

        Assert.Equal(
            CasesOf(closed).Select(@case => @case.Name),
            match.GetParameters().Select(function => Argument(function).Name)
        );
        Assert.All(CasesOf(closed), @case => Assert.True(@case.IsSealed));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_is_matched_with_its_own_function(Type @case)
    {
        Type type = Concrete(@case);
        object value = RuntimeHelpers.GetUninitializedObject(type);
        MethodInfo match = type.BaseType!.GetMethod("Match")!.MakeGenericMethod(typeof(object));

        object? matched = match.Invoke(
            value,
            [.. match.GetParameters().Select(function => Tagged(Argument(function)))]
        );

        Assert.Equal((type, value), matched);
    }

    private static bool IsClosed(Type type) =>
        type is { IsClass: true, IsAbstract: true, IsSealed: false }
        && type.GetConstructors(
            BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public
        )
            is var constructors
        && constructors.Any(constructor => constructor.IsPrivate)
        && constructors.All(constructor => constructor.IsPrivate || IsCopy(constructor));

    // The copy constructor, which a record that is not sealed has for derived records.
    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [{ ParameterType: var type }]
        && type == constructor.DeclaringType;

    private static IEnumerable<Type> CasesOf(Type closed) =>
        closed
            .GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .Where(nested => nested.BaseType is { } parent && Definition(parent) == closed);

    private static Type Definition(Type type) =>
        type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static Type Concrete(Type type) =>
        type.IsGenericTypeDefinition
            ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(string))])
            : type;

    private static Type Argument(ParameterInfo function) =>
        function.ParameterType.GetGenericArguments()[0];

    // A function that returns which case it was called for, and its argument.
    private static Delegate Tagged(Type type)
    {
        ParameterExpression given = Expression.Parameter(type);
        NewExpression pair = Expression.New(
            typeof((Type, object)).GetConstructor([typeof(Type), typeof(object)])!,
            Expression.Constant(type, typeof(Type)),
            Expression.Convert(given, typeof(object))
        );
        return Expression
            .Lambda(
                typeof(Func<,>).MakeGenericType(type, typeof(object)),
                Expression.Convert(pair, typeof(object)),
                given
            )
            .Compile();
    }
}
