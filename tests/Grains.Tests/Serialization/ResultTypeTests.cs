using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.TypeSystem;
using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Serialization;

namespace SessionAuth.Grains.Tests.Serialization;

/// <summary>Results of operations of accounts and of grants in Orleans messages.</summary>
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
        s_at,
        UserId.New(s_at),
        new Secret("a secret"),
        new DeviceMark("a device", 3),
        new SessionTokens(SessionId.New(), UserId.New(s_at), 3, s_at, true, true, new("x", 1)),
        new GrantStanding(
            GrantId.New(),
            ClientId.Parse("shop"),
            UserId.New(s_at),
            ["openid"],
            s_at,
            [AuthenticationMethod.Password]
        ),
        AuthenticationMethod.RecoveryCode,
        PasswordRefusal.Breached,
        // Collection expressions: the compiler generates list types for them.
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
                    type
                        is {
                            IsNested: true,
                            Namespace: "SessionAuth.Domain.Accounts.Results"
                                or "SessionAuth.Domain.Sessions.Grants"
                        }
                )
                .Select(type => type.FullName!),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_is_equal_after_serialization_is_not_copied_and_has_an_alias(string name)
    {
        object sent = Create(name);
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

    public void Dispose() => _services.Dispose();

    private static object Create(string name)
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

    private static string Json(object? value) => JsonSerializer.Serialize(value);
}
