using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.TypeSystem;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Serialization;

namespace SessionAuth.Grains.Tests.Serialization;

/// <summary>How the domain's types travel in messages.</summary>
public sealed class DomainTypeTests : IDisposable
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ClientDevice s_device = new("Firefox 130", "Linux", "192.0.2.1");
    private static readonly SessionProof s_proof = new(
        [AuthenticationMethod.Password, AuthenticationMethod.Totp],
        Restricted: true
    );

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSerializer(builder => builder.AddAssembly(typeof(DomainTypes).Assembly))
        .BuildServiceProvider();

    public static IReadOnlyList<object[]> Values =>
        [
            .. new object[]
            {
                UserId.New(s_at),
                OperationId.New(),
                EmailKey.Of("ada@example.org"),
                new Password("a password"),
                new Secret("a secret"),
                s_device,
                new DeviceMark("a device", 3),
                SessionId.New(),
                s_proof,
                new SessionStart(UserId.New(s_at), s_device, true, s_proof, [SessionId.New()]),
                new SessionStart(UserId.New(s_at), s_device, false, s_proof),
                new SessionGrant(
                    SessionId.New(),
                    UserId.New(s_at),
                    3,
                    s_at,
                    true,
                    true,
                    new("x", 1)
                ),
                Snapshot(null, null, s_at),
                Snapshot(s_at, SessionEndReason.RefreshTokenReuse, null),
                AuthenticationMethod.Passkey,
                SessionEndReason.AccountDeleted,
                SessionStanding.Superseded,
                ClientNetwork.Of(IPAddress.Parse("2001:db8::1")),
                new KnownDevice(new("a device", 3), 4),
                PasswordRefusal.Breached,
                TryOutcome.Succeeded,
                new AccountEvent(
                    s_at,
                    AccountEventKind.SessionEnded,
                    3,
                    s_device,
                    SessionEndReason.SessionLimit,
                    "detail"
                ),
                new AnsweredChallenge("a nonce", s_at),
                new Passkey("id", "name", "key", s_at, s_at, 5, ["usb"], true, false, "a", "c"),
                new PasskeyUse("id", 5, true, 6, new("a nonce", s_at)),
                new SecondFactorCode(AuthenticationMethod.RecoveryCode, new("123456")),
                AccountEventKind.PasskeyRemoved,
                MailKind.StartedOver,
            }.Select(value => new[] { value }),
        ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_arrives_as_it_was_sent(object value)
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();

        object? received = serializer.Deserialize<object>(serializer.SerializeToArray(value));

        Assert.IsType(value.GetType(), received);
        Assert.Equal(JsonSerializer.Serialize(value), JsonSerializer.Serialize(received));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_never_copied_and_has_a_name_of_its_own_on_the_wire(object value)
    {
        DeepCopier copier = _services.GetRequiredService<DeepCopier>();
        TypeConverter names = _services.GetRequiredService<TypeConverter>();

        Assert.Same(value, copier.Copy(value));
        Assert.DoesNotContain(
            "SessionAuth",
            names.Format(value.GetType()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void These_are_all_types_of_the_domain_that_travel()
    {
        IEnumerable<Type> travelling = _services
            .GetRequiredService<IOptions<TypeManifestOptions>>()
            .Value.WellKnownTypeAliases.Values.Where(type =>
                type.Assembly == typeof(UserId).Assembly && !type.IsNested
            );

        IEnumerable<Type> tested = Values.Select(row => row[0].GetType()).Distinct();
        Assert.Equal(Names(travelling), Names(tested));
    }

    public void Dispose() => _services.Dispose();

    private static IEnumerable<string> Names(IEnumerable<Type> types) =>
        types.Select(type => type.Name).Order(StringComparer.Ordinal);

    private static SessionSnapshot Snapshot(
        DateTimeOffset? endedAt,
        SessionEndReason? reason,
        DateTimeOffset? provedAt
    ) =>
        new(
            SessionId.New(),
            UserId.New(s_at),
            s_device,
            s_at,
            s_at,
            s_at,
            endedAt,
            reason,
            provedAt,
            s_proof
        );
}
