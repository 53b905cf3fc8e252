using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.TypeSystem;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Serialization;

namespace SessionAuth.Grains.Tests.Serialization;

/// <summary>How the results of an account's operations travel in messages.</summary>
public sealed class ResultTypeTests : IDisposable
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly string[] s_codes = ["a code", "another"];
    private static readonly AuthenticationMethod[] s_methods =
        Enum.GetValues<AuthenticationMethod>();

    private static readonly object[] s_samples =
    [
        "ada@example.org",
        3,
        4L,
        true,
        UserId.New(s_at),
        new Secret("a secret"),
        new DeviceMark("a device", 3),
        new SessionGrant(SessionId.New(), UserId.New(s_at), 3, s_at, true, true, new("x", 1)),
        AuthenticationMethod.RecoveryCode,
        PasswordRefusal.Breached,
        // As the compiler makes them, which has types of its own for lists.
        (IReadOnlyList<Secret>)[.. s_codes.Select(code => new Secret(code))],
        (IReadOnlyList<AuthenticationMethod>)[.. s_methods.Where(method => method != default)],
        (IReadOnlyList<IReadOnlyList<AuthenticationMethod>>)
            [
                [AuthenticationMethod.Password, AuthenticationMethod.Totp],
                [.. s_methods.Where(method => method == AuthenticationMethod.Passkey)],
            ],
    ];

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSerializer(builder => builder.AddAssembly(typeof(DomainTypes).Assembly))
        .BuildServiceProvider();

    public static TheoryData<string> Cases =>
        [
            .. typeof(UserId)
                .Assembly.GetExportedTypes()
                .Where(type =>
                    type is { IsNested: true, Namespace: "SessionAuth.Domain.Accounts.Results" }
                )
                .Select(type => type.FullName!),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_result_arrives_as_it_was_sent_is_never_copied_and_has_a_name_on_the_wire(
        string name
    )
    {
        object sent = Made(name);
        Serializer serializer = _services.GetRequiredService<Serializer>();
        DeepCopier copier = _services.GetRequiredService<DeepCopier>();
        TypeConverter names = _services.GetRequiredService<TypeConverter>();

        object? received = serializer.Deserialize<object>(serializer.SerializeToArray(sent));

        Assert.IsType(sent.GetType(), received);
        Assert.Equal(Json(sent), Json(received));
        Assert.Same(sent, copier.Copy(sent));
        Assert.DoesNotContain(
            "SessionAuth",
            names.Format(sent.GetType()),
            StringComparison.Ordinal
        );
    }

    /// <summary>Each <c>Match</c> has an arm for every case.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_result_is_matched_as_what_it_is(string name)
    {
        object result = Made(name);
        System.Reflection.MethodInfo match = result
            .GetType()
            .BaseType!.GetMethod("Match")!
            .MakeGenericMethod(typeof(object));
        Delegate[] arms =
        [
            .. match
                .GetParameters()
                .Select(arm => Identity(arm.ParameterType.GetGenericArguments()[0])),
        ];

        Assert.Same(result, match.Invoke(result, arms));
        Assert.Equal(arms.Length, result.GetType().DeclaringType!.GetNestedTypes().Length);
    }

    public void Dispose() => _services.Dispose();

    private static object Made(string name)
    {
        System.Reflection.ConstructorInfo constructor = typeof(UserId)
            .Assembly.GetType(name, throwOnError: true)!
            .GetConstructors()
            .Single();
        return constructor.Invoke([
            .. constructor
                .GetParameters()
                .Select(parameter =>
                    s_samples.First(sample => parameter.ParameterType.IsInstanceOfType(sample))
                ),
        ]);
    }

    private static Delegate Identity(Type type)
    {
        System.Linq.Expressions.ParameterExpression given =
            System.Linq.Expressions.Expression.Parameter(type);
        return System
            .Linq.Expressions.Expression.Lambda(
                typeof(Func<,>).MakeGenericType(type, typeof(object)),
                given,
                given
            )
            .Compile();
    }

    private static string Json(object? value) => JsonSerializer.Serialize(value);
}
