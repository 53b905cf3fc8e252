using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.TypeSystem;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Serialization;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Tests.Serialization;

/// <summary>Domain types in Orleans messages.</summary>
public sealed class DomainTypeTests : IDisposable
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ClientDevice s_device = new("Firefox 130", "Linux", "192.0.2.1");
    private static readonly SessionProof s_proof = new(
        [AuthenticationMethod.Password, AuthenticationMethod.Totp],
        Restricted: true
    );

    private static readonly GrantStanding s_grant = new(
        GrantId.New(),
        ClientId.Parse("shop"),
        UserId.New(s_at),
        ["openid", "email"],
        s_at,
        [AuthenticationMethod.Passkey]
    );

    private static readonly Application s_application = new()
    {
        Id = ClientId.Parse("shop"),
        Name = "Shop",
        Kind = ApplicationKind.Confidential,
        Origins = ["https://shop.example.com"],
        RedirectUris = ["https://shop.example.com/callback"],
        PostLogoutRedirectUris = ["https://shop.example.com/"],
        SecretHashes = ["hash"],
        Scopes = ["openid"],
        Audience = "https://api.example.com",
        RequiresSecondFactor = true,
        MaxAuthenticationAge = TimeSpan.FromHours(1),
        IdentityTokenAlgorithm = IdentityTokenAlgorithm.RS256,
        PkceIsOptional = true,
        SignOut = ApplicationSignOut.Application,
        RemoteUser = RemoteUserName.Email,
        PassesPreflights = true,
    };

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
                new SignInContext(
                    s_device,
                    true,
                    [SessionId.New()],
                    OperationId.New(),
                    new("x", 1)
                ),
                new SignInContext(s_device, false, []),
                new SessionTokens(
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
                SessionStanding.BeforeStepUp,
                new HolderId(Guid.NewGuid()),
                new StandingRecall(SessionId.New(), 3),
                new LeaseGrant(TimeSpan.FromSeconds(3), [new(SessionId.New(), 4)]),
                new LeasedStanding(
                    5,
                    UserId.New(s_at),
                    2,
                    [2, 3],
                    Restricted: true,
                    TimeSpan.FromHours(1),
                    [s_grant]
                ),
                s_grant,
                s_grant.Application,
                s_grant.Id,
                new OpenedApplication(s_grant.Application, s_at),
                new GrantOpening(
                    GrantId.New(),
                    s_grant.Application,
                    ["openid"],
                    s_at,
                    [AuthenticationMethod.Passkey],
                    s_at,
                    GrantId.New(),
                    IsRepeatable: true
                ),
                KeyId.New(),
                TokenKey.New(KeyId.New(), s_at, TimeSpan.FromDays(1)),
                KeySet.New(s_at),
                ClientNetwork.Of(IPAddress.Parse("2001:db8::1")),
                new KnownDevice(new("a device", 3), 4),
                PasswordRefusal.Breached,
                AttemptOutcome.Succeeded,
                new AccountEvent(
                    s_at,
                    AccountEventKind.SessionEnded,
                    3,
                    s_device,
                    SessionEndReason.SessionLimit,
                    "detail",
                    AuthenticationMethod.Totp
                ),
                new AnsweredChallenge("a nonce", s_at),
                new Passkey("id", "name", "key", s_at, s_at, 5, ["usb"], true, false, "a", "c"),
                new PasskeyUse("id", 5, true, 6, new("a nonce", s_at)),
                new SecondFactorCode(AuthenticationMethod.RecoveryCode, new("123456")),
                AccountEventKind.PasskeyRemoved,
                MailKind.StartedOver,
                s_application,
                new ApplicationSet([s_application]),
                new RegistryContent(7, new([s_application]), KeySet.New(s_at)),
                ApplicationKind.Public,
                ApplicationSignOut.Application,
                RemoteUserName.Email,
                IdentityTokenAlgorithm.RS256,
            }.Select(value => new[] { value }),
        ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_is_equal_after_serialization(object value)
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();

        object? received = serializer.Deserialize<object>(serializer.SerializeToArray(value));

        Assert.IsType(value.GetType(), received);
        Assert.Equal(JsonSerializer.Serialize(value), JsonSerializer.Serialize(received));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_is_not_copied_and_has_an_alias(object value)
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
    public void Profile_with_a_compiler_generated_list_is_equal_after_serialization()
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();
        AuthenticationMethod[] methods = [AuthenticationMethod.Totp, AuthenticationMethod.Passkey];
        UserProfile sent = new()
        {
            Email = "ada@example.org",
            Factors = [.. methods.Where(method => method != default)],
        };

        UserProfile? received = serializer.Deserialize<UserProfile>(
            serializer.SerializeToArray(sent)
        );

        Assert.Equal(methods, received!.Factors);
    }

    [Fact]
    public void Private_parts_of_keys_are_the_same_after_serialization_and_not_printed()
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();
        KeySet sent = KeySet.New(s_at).WithRsa(s_at);

        KeySet? received = serializer.Deserialize<KeySet>(serializer.SerializeToArray(sent));

        Assert.Equal(sent.Keys, received!.Keys);
        Assert.Equal(sent.Keys[0].Id.Value, $"{received}");
    }

    [Fact]
    public void Samples_cover_all_serialized_types_of_the_domain()
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
        DateTimeOffset? authenticatedAt
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
            authenticatedAt,
            s_proof,
            [new(s_grant.Application, s_at)]
        );
}
